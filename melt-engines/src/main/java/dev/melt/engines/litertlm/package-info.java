/** LiteRT-LM: its C++ programs and its Python command line. */
@NullMarked
package dev.melt.engines.litertlm;

import org.jspecify.annotations.NullMarked;
