/** ExecuTorch: the LLM runners for CPU and GPU delegates, and Qualcomm's. */
@NullMarked
package dev.melt.engines.executorch;

import org.jspecify.annotations.NullMarked;
