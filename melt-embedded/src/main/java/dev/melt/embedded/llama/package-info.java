/**
 * llama.cpp's C API (build b4916, commit c6af2161) called through JNA.
 *
 * <p>Handles are plain addresses: the calls inside a timed window must not allocate. Nothing here may be used by more
 * than one thread at a time, as in llama.cpp itself.
 */
@NullMarked
package dev.melt.embedded.llama;

import org.jspecify.annotations.NullMarked;
