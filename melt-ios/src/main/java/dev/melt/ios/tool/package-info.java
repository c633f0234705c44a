/** The programs of libimobiledevice, called with deadlines, and what they answer. */
@NullMarked
package dev.melt.ios.tool;

import org.jspecify.annotations.NullMarked;
