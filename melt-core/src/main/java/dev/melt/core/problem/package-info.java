/** What is said to a person when something they gave cannot be used. */
@NullMarked
package dev.melt.core.problem;

import org.jspecify.annotations.NullMarked;
