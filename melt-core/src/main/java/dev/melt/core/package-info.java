/** MELT's version and the parts that every other package rests on. */
@NullMarked
package dev.melt.core;

import org.jspecify.annotations.NullMarked;
