/** iPhones and iPads as devices of MELT: what they are, what stands in the way, what can be measured. */
@NullMarked
package dev.melt.ios.device;

import org.jspecify.annotations.NullMarked;
