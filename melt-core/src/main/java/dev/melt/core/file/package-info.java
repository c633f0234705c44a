/** Large files on this host: written whole or not at all, recognised when they change, hashed once. */
@NullMarked
package dev.melt.core.file;

import org.jspecify.annotations.NullMarked;
