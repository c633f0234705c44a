/** What a system's log tells of processes that were ended: Android's logcat, and the kernel's own log. Readers of text. */
@NullMarked
package dev.melt.core.log;

import org.jspecify.annotations.NullMarked;
