/** What came of a trial, and why its figures may not be quoted as they are. */
@NullMarked
package dev.melt.core.outcome;

import org.jspecify.annotations.NullMarked;
