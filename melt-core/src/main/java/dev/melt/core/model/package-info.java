/** Models on this host: finding or making the one that a person names, judging its file, and fetching others. */
@NullMarked
package dev.melt.core.model;

import org.jspecify.annotations.NullMarked;
