/** Fetches model files over HTTP, again and again until they are whole. */
@NullMarked
package dev.melt.core.model.pull;

import org.jspecify.annotations.NullMarked;
