/** What the tests of all adapters share. */
@NullMarked
package dev.melt.engines.reading;

import org.jspecify.annotations.NullMarked;
