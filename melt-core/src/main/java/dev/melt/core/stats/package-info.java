/** Statistics of repeated measurements: quantiles, spread, outliers, intervals, and the summary of a cell's trials. */
@NullMarked
package dev.melt.core.stats;

import org.jspecify.annotations.NullMarked;
