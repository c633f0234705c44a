/** A trial's result: everything that one execution of a cell brought back. */
@NullMarked
package dev.melt.core.trial;

import org.jspecify.annotations.NullMarked;
