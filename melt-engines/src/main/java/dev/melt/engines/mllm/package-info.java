/** mllm: version 1 with its NPU demos, version 2 with its runners and its benchmark. */
@NullMarked
package dev.melt.engines.mllm;

import org.jspecify.annotations.NullMarked;
