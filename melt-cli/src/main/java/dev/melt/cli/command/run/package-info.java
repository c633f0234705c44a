/** The commands that run trials and show what came of them. */
@NullMarked
package dev.melt.cli.command.run;

import org.jspecify.annotations.NullMarked;
