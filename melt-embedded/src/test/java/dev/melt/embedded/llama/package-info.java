/** Tests of the binding, in this process. */
@NullMarked
package dev.melt.embedded.llama;

import org.jspecify.annotations.NullMarked;
