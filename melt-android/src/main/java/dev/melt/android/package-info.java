/** Phones and tablets with Android, over adb. */
@NullMarked
package dev.melt.android;

import org.jspecify.annotations.NullMarked;
