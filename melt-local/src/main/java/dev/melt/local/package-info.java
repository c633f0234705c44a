/** This machine as a device: how it is reached, what it is, and what it can measure of itself. */
@NullMarked
package dev.melt.local;

import org.jspecify.annotations.NullMarked;
