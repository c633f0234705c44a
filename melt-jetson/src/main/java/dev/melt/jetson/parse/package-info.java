/** What the programs and files of Jetson boards print, as figures: what {@code melt parse} reads of them. */
@NullMarked
package dev.melt.jetson.parse;

import org.jspecify.annotations.NullMarked;
