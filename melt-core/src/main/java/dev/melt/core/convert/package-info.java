/** Makes a model from another one with a program of this host: a bundle's quantiser, or a converter of the user's. */
@NullMarked
package dev.melt.core.convert;

import org.jspecify.annotations.NullMarked;
