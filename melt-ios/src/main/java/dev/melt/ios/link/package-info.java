/** One phone and the files of MELT's app on it. */
@NullMarked
package dev.melt.ios.link;

import org.jspecify.annotations.NullMarked;
