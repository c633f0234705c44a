/** Programs of this host that MELT starts and waits for. */
@NullMarked
package dev.melt.core.process;

import org.jspecify.annotations.NullMarked;
