/** Ways out of the store: tidy tables in open formats, each with its data dictionary. */
@NullMarked
package dev.melt.core.report;

import org.jspecify.annotations.NullMarked;
