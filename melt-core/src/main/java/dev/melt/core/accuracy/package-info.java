/** Tasks that examine a model, read from local files, and their marks as lm-evaluation-harness defines them. */
@NullMarked
package dev.melt.core.accuracy;

import org.jspecify.annotations.NullMarked;
