/** What a Linux kernel says of its machine and its processes under /proc and /sys, on a phone, a board or a host: readers of text. */
@NullMarked
package dev.melt.core.linux;

import org.jspecify.annotations.NullMarked;
