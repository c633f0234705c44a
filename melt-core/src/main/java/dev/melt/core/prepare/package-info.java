/** Brings a device into the state that a run asks for, and back into the one in which it was found. */
@NullMarked
package dev.melt.core.prepare;

import org.jspecify.annotations.NullMarked;
