/** Failures of engines, told by the words that they print. */
@NullMarked
package dev.melt.engines.failure;

import org.jspecify.annotations.NullMarked;
