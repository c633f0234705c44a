/** A simulated iPhone behind a usbmuxd of its own, as the idevice tools see it. */
@NullMarked
package dev.melt.virtual.ios;

import org.jspecify.annotations.NullMarked;
