/** The figures: what each means, declared once as data, and how it is computed from events and samples. */
@NullMarked
package dev.melt.core.metric;

import org.jspecify.annotations.NullMarked;
