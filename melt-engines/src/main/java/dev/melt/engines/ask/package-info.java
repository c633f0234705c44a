/** What adapters of engines with one prompt a process have in common: what is refused, and how turns are started. */
@NullMarked
package dev.melt.engines.ask;

import org.jspecify.annotations.NullMarked;
