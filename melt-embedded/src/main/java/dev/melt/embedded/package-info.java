/**
 * The embedded engine: a worker process that runs one trial on llama.cpp and writes event lines.
 *
 * <p>It depends on nothing else of MELT, so that its one jar runs on any Linux target with a JVM. {@link
 * dev.melt.embedded.Main} reads a request file and writes the event lines of the agent protocol.
 */
@NullMarked
package dev.melt.embedded;

import org.jspecify.annotations.NullMarked;
