/** What a Jetson board or another Linux machine is, what it tells of power, heat and clocks, and what can be set there. */
@NullMarked
package dev.melt.jetson.board;

import org.jspecify.annotations.NullMarked;
