/** The way to an iPhone: usbmuxd on this host, lockdown on the phone, and the services behind it that no program of libimobiledevice gives. */
@NullMarked
package dev.melt.ios.mux;

import org.jspecify.annotations.NullMarked;
