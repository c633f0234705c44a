/** MELT's own event lines, whoever wrote them. */
@NullMarked
package dev.melt.engines.events;

import org.jspecify.annotations.NullMarked;
