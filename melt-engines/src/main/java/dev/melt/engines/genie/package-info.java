/** Qualcomm Genie: compiled models on the Hexagon NPU, driven through genie-t2t-run. */
@NullMarked
package dev.melt.engines.genie;

import org.jspecify.annotations.NullMarked;
