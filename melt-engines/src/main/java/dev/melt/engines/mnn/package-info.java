/** MNN: {@code llm_bench} and {@code llm_demo}. */
@NullMarked
package dev.melt.engines.mnn;

import org.jspecify.annotations.NullMarked;
