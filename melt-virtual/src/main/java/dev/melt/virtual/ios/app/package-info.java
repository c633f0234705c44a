/** An app on a simulated iPhone: the reference agent, with the embedded engine in it. */
@NullMarked
package dev.melt.virtual.ios.app;

import org.jspecify.annotations.NullMarked;
