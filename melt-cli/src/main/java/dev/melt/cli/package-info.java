/** The command line: what a person types becomes a call, and what went wrong becomes a line and an exit code. */
@NullMarked
package dev.melt.cli;

import org.jspecify.annotations.NullMarked;
