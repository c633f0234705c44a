/** Figures over the trials of a cell: medians with intervals, and what was left out. */
@NullMarked
package dev.melt.core.summary;

import org.jspecify.annotations.NullMarked;
