/** The commands, one class each: options in, a call into MELT's core, a listing out. */
@NullMarked
package dev.melt.cli.command;

import org.jspecify.annotations.NullMarked;
