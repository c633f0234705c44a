/** Drawings of results. Nothing here is loaded by a command that draws nothing. */
@NullMarked
package dev.melt.cli.chart;

import org.jspecify.annotations.NullMarked;
