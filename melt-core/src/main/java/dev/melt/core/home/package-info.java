/** The folder in which MELT keeps everything: database, raw traces, models, secrets. */
@NullMarked
package dev.melt.core.home;

import org.jspecify.annotations.NullMarked;
