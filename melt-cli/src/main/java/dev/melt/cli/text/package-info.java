/** How results are written: aligned tables for people, JSON for programs. */
@NullMarked
package dev.melt.cli.text;

import org.jspecify.annotations.NullMarked;
