/** What can be changed on an Android device around a run: screen, radio, power saving, clocks, charging. */
@NullMarked
package dev.melt.android.control;

import org.jspecify.annotations.NullMarked;
