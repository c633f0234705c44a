/** What the programs around iPhones print, as values. */
@NullMarked
package dev.melt.ios.parse;

import org.jspecify.annotations.NullMarked;
