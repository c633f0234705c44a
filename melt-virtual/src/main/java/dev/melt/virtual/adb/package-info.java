/** The device's side of adb's transport protocol over TCP, as {@code adbd} speaks it. */
@NullMarked
package dev.melt.virtual.adb;

import org.jspecify.annotations.NullMarked;
