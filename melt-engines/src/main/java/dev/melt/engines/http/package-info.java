/** Asking engines that serve over HTTP, with a stamp for every line of a streamed answer. */
@NullMarked
package dev.melt.engines.http;

import org.jspecify.annotations.NullMarked;
