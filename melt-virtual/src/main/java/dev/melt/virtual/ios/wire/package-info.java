/** Connections to a simulated iPhone, and the property lists that go over them. */
@NullMarked
package dev.melt.virtual.ios.wire;

import org.jspecify.annotations.NullMarked;
