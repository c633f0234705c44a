/** A small Linux of its own inside this one: the ground on which virtual devices stand. */
@NullMarked
package dev.melt.virtual.box;

import org.jspecify.annotations.NullMarked;
