/** What Linux says of a machine in {@code /proc} and {@code /sys}, whoever reads it: this host, or a device over a link. */
@NullMarked
package dev.melt.core.sysfs;

import org.jspecify.annotations.NullMarked;
