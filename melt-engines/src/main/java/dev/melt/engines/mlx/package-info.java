/** MLX on Apple silicon, driven through mlx_lm or the Swift example's llm-tool. */
@NullMarked
package dev.melt.engines.mlx;

import org.jspecify.annotations.NullMarked;
