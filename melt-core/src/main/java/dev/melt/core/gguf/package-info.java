/** The GGUF container: reading files that nobody vouches for, and writing new ones. Knows no model family. */
@NullMarked
package dev.melt.core.gguf;

import org.jspecify.annotations.NullMarked;
