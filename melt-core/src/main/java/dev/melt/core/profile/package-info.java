/** How long each operator of a model's graphs took: calls as engines report them, and what they merge into. */
@NullMarked
package dev.melt.core.profile;

import org.jspecify.annotations.NullMarked;
