/** How an engine is asked and how its output is read. */
@NullMarked
package dev.melt.core.engine;

import org.jspecify.annotations.NullMarked;
