/** iPhones and iPads as devices: the usbmux link, the agent that is an app, what they tell of battery and heat. */
@NullMarked
package dev.melt.ios;

import org.jspecify.annotations.NullMarked;
