/** MELT's fork of llama.cpp, which writes down when it did what. */
@NullMarked
package dev.melt.engines.meltfork;

import org.jspecify.annotations.NullMarked;
