/** Android devices over adb: the host's adb server, links through it, and the driver on top. */
@NullMarked
package dev.melt.android.adb;

import org.jspecify.annotations.NullMarked;
