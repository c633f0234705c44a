/** What this host can drive and measure, and what would make it able to do more. */
@NullMarked
package dev.melt.cli.doctor;

import org.jspecify.annotations.NullMarked;
