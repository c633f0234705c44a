package dev.melt.core.event;

/** What the nanoseconds of a log's events are counted from. Durations are right in each case. */
public enum Stamps {
    /** The device's boot clock, as the agent protocol wants it. */
    BOOT_CLOCK,
    /** The device's wall clock, from 1970. */
    WALL_CLOCK,
    /** The start of the engine's process. */
    PROCESS_START,
    /** Nothing: the engine says how long things took and not when; the spans are laid end to end from 0. */
    DURATIONS
}
