/** What a program or library file says of itself, read without running it and without believing its sizes. */
@NullMarked
package dev.melt.core.binary;

import org.jspecify.annotations.NullMarked;
