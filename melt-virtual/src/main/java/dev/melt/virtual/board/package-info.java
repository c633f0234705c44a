/** Virtual Jetsons and other Linux boards: a box with gauges behind OpenSSH's own daemon. */
@NullMarked
package dev.melt.virtual.board;

import org.jspecify.annotations.NullMarked;
