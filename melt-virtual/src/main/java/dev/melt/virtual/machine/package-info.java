/** What virtual devices of every kind have in common: files that live, clocks, load, faults, a control. */
@NullMarked
package dev.melt.virtual.machine;

import org.jspecify.annotations.NullMarked;
