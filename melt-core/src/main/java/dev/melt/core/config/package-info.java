/** Configuration files: where they are looked for, how they are read and checked, and what is said about their faults. */
@NullMarked
package dev.melt.core.config;

import org.jspecify.annotations.NullMarked;
