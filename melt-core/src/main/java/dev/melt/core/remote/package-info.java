/** What drivers share whose device is a shell behind a link: how files get there whole, and what is said of a device in one go. */
@NullMarked
package dev.melt.core.remote;

import org.jspecify.annotations.NullMarked;
