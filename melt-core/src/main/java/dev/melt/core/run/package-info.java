/** A run: its plan, its trials, what came of them, and who carries it out. */
@NullMarked
package dev.melt.core.run;

import org.jspecify.annotations.NullMarked;
