/** Measures MELT itself, each time beside a named peer in the same run. */
@NullMarked
package dev.melt.benchmarks;

import org.jspecify.annotations.NullMarked;
