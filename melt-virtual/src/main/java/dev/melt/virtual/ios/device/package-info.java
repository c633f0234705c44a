/** What a simulated iPhone is and has in it, whoever asks: its body, its apps, its disk, its log. */
@NullMarked
package dev.melt.virtual.ios.device;

import org.jspecify.annotations.NullMarked;
