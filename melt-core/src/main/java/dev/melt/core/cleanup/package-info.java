/** What of MELT's on a device may go: old trials, broken copies, and under a quota what was used least recently. */
@NullMarked
package dev.melt.core.cleanup;

import org.jspecify.annotations.NullMarked;
