/** Builds of engines: what {@code bundle.yaml} says of one, whether its files agree with that, and the store of them. */
@NullMarked
package dev.melt.core.bundle;

import org.jspecify.annotations.NullMarked;
