/** Virtual Android phones: a profile of data, a Linux of its own, adb's device side, and a small physical model behind the gauges. */
@NullMarked
package dev.melt.virtual.android;

import org.jspecify.annotations.NullMarked;
