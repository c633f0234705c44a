/** Devices over SSH: who they are and how they are reached, by the user's own {@code ~/.ssh}. */
@NullMarked
package dev.melt.jetson.ssh;

import org.jspecify.annotations.NullMarked;
