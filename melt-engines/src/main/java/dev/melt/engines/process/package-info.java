/** Engines that run one process a turn: what they can be asked for, how they are started, what they leave. */
@NullMarked
package dev.melt.engines.process;

import org.jspecify.annotations.NullMarked;
