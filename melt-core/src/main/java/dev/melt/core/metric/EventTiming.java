package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.Stamps;

/**
 * Where the times of a trial's events come from.
 *
 * @param stamps what the engine counted from, before its events were put onto the boot clock
 * @param boundNanos events are within this of where they were put; 0 where the engine used the boot clock itself
 */
public record EventTiming(Stamps stamps, long boundNanos) {
    /** Of an engine that keeps to the agent protocol. */
    public static final EventTiming BOOT_CLOCK = new EventTiming(Stamps.BOOT_CLOCK, 0);

    public EventTiming {
        requireNonNull(stamps, "stamps");
        if (boundNanos < 0) {
            throw new IllegalArgumentException("a bound must not be negative, was " + boundNanos);
        }
    }

    /** Whether the spans were made of the engine's own durations, so that its figures are no second opinion on them. */
    boolean isEnginesOwn() {
        return stamps == Stamps.DURATIONS;
    }
}
