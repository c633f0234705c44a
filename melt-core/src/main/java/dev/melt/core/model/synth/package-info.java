/** Makes model files whose weights say nothing: same shape, size and operators as the real one, and so the same speed. */
@NullMarked
package dev.melt.core.model.synth;

import org.jspecify.annotations.NullMarked;
