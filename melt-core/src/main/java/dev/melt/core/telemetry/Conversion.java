package dev.melt.core.telemetry;

/** How a column of raw readings becomes a series in SI units. */
public sealed interface Conversion {
    /** value = raw × factor. */
    record Scale(double factor) implements Conversion {}

    /**
     * A counter that only grows and starts again at its range: value = (raw − first raw, wrap-around undone) × factor.
     *
     * @param range the counter's modulus in raw units; 0 when it does not wrap
     */
    record Counter(double factor, long range) implements Conversion {}

    /** A clock of busy and all ticks in one raw cell, {@code busy/all}: value = Δbusy / Δall since the last tick. */
    record BusyShare() implements Conversion {}
}
