/** Tests of the worker: each starts a real one on a small random model. */
@NullMarked
package dev.melt.embedded;

import org.jspecify.annotations.NullMarked;
