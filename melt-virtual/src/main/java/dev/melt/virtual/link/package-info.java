/** Network links that can be made to fail. */
@NullMarked
package dev.melt.virtual.link;

import org.jspecify.annotations.NullMarked;
