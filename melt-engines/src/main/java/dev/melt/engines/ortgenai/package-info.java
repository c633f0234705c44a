/** ONNX Runtime GenAI, driven through its model_benchmark. */
@NullMarked
package dev.melt.engines.ortgenai;

import org.jspecify.annotations.NullMarked;
