/**
 * What MELT remembers: runs, trials, events, samples and figures, in one SQLite database.
 *
 * <p>{@code docs/reference/schema.md} describes the tables; some of their columns are a contract with people's scripts.
 */
@NullMarked
package dev.melt.core.store;

import org.jspecify.annotations.NullMarked;
