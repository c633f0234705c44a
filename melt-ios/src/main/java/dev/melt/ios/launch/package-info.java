/** The ways in which an app on a phone is started. */
@NullMarked
package dev.melt.ios.launch;

import org.jspecify.annotations.NullMarked;
