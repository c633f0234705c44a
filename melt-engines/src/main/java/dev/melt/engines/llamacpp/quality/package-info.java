/** llama.cpp's own program for perplexity, divergence and tasks: its files, its command lines, the names of its figures. */
@NullMarked
package dev.melt.engines.llamacpp.quality;

import org.jspecify.annotations.NullMarked;
