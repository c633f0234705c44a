/** The part of MELT that runs on the device: what it is told and what it leaves behind. */
@NullMarked
package dev.melt.core.agent;

import org.jspecify.annotations.NullMarked;
