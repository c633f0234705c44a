/** What must hold on a device before a trial may start: the limits, how each value is found, and whether they hold. */
@NullMarked
package dev.melt.core.gate;

import org.jspecify.annotations.NullMarked;
