/** The daemon between hosts' tools and the cables of simulated iPhones. */
@NullMarked
package dev.melt.virtual.ios.mux;

import org.jspecify.annotations.NullMarked;
