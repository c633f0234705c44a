/** What Android's tools and drivers print, read into typed records: the same readers for saved files and for the live driver. */
@NullMarked
package dev.melt.android.parse;

import org.jspecify.annotations.NullMarked;
