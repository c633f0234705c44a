/** Files that somebody saved, read by the same code that reads a run's. */
@NullMarked
package dev.melt.core.parse;

import org.jspecify.annotations.NullMarked;
