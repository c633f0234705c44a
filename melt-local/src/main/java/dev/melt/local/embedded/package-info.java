/** llama.cpp out of a jar, in a worker process of its own: the engine that needs nothing installed. */
@NullMarked
package dev.melt.local.embedded;

import org.jspecify.annotations.NullMarked;
