/** Readers of what engines print about single operators: ggml's graph dumps and TVM's profiler reports. */
@NullMarked
package dev.melt.engines.opprofile;

import org.jspecify.annotations.NullMarked;
