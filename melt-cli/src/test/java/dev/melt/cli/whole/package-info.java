/** Whole runs with the real worker, agent and database. */
@NullMarked
package dev.melt.cli.whole;

import org.jspecify.annotations.NullMarked;
