/** What models look like: published dimensions as data, families, and the mixes of types that quantising gives. */
@NullMarked
package dev.melt.core.model.shape;

import org.jspecify.annotations.NullMarked;
