/** The engine inside MELT's app. */
@NullMarked
package dev.melt.ios.engine;

import org.jspecify.annotations.NullMarked;
