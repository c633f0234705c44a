/** Jetson boards and other Linux machines as devices: the SSH link, what they tell of power and heat, what can be set there. */
@NullMarked
package dev.melt.jetson;

import org.jspecify.annotations.NullMarked;
