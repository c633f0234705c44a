/** What is sampled on a device while an engine runs: channels, samples, and how raw readings become them. */
@NullMarked
package dev.melt.core.telemetry;

import org.jspecify.annotations.NullMarked;
