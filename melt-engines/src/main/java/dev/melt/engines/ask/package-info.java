/** What adapters of engines with a process a turn have in common: what is refused, what a process finds around it, and how turns are started. */
@NullMarked
package dev.melt.engines.ask;

import org.jspecify.annotations.NullMarked;
