package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

/**
 * Power of the device at rest. Measured on both sides of a trial, because it drifts with heat.
 *
 * @param source the {@link PowerSource#name()} that it was read from; it can only be taken off energy of the same source
 */
public record IdlePower(double beforeWatts, double afterWatts, String source) {
    public IdlePower {
        requireNonNull(source, "source");
        if (!Double.isFinite(beforeWatts) || !Double.isFinite(afterWatts)) {
            throw new IllegalArgumentException("idle power must be finite");
        }
    }

    public double meanWatts() {
        return (beforeWatts + afterWatts) / 2;
    }

    /** Half of what it drifted by. */
    public double uncertaintyWatts() {
        return Math.abs(afterWatts - beforeWatts) / 2;
    }
}
