/** llama.cpp in all its forms: what its programs print, over the years, read into events. */
@NullMarked
package dev.melt.engines.llamacpp;

import org.jspecify.annotations.NullMarked;
