/** Simulated phones and boards for a dry run, kept as long as the command that booted them. */
@NullMarked
package dev.melt.cli.command.virtual;

import org.jspecify.annotations.NullMarked;
