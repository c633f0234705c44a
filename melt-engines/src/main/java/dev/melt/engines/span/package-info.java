/** Durations laid out as events, for engines that say how long things took and not when. */
@NullMarked
package dev.melt.engines.span;

import org.jspecify.annotations.NullMarked;
