/** {@code melt ops}: how long each operator took, as tables, CSV, JSON and charts. */
@NullMarked
package dev.melt.cli.command.ops;

import org.jspecify.annotations.NullMarked;
