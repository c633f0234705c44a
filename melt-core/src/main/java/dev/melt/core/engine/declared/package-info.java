/** Engines that are declared by a YAML file and need no code: they write MELT's own event lines. */
@NullMarked
package dev.melt.core.engine.declared;

import org.jspecify.annotations.NullMarked;
