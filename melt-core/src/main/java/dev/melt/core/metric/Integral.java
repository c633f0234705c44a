package dev.melt.core.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A {@link Trace} added up over a window by trapezoid, both edges interpolated; of a counter it is the difference between
 * its interpolated readings at the edges. A gap of more than five periods is not bridged for a rate, nor is an edge
 * interpolated inside one for a counter: that part is not covered, and {@link #total()} is empty then, because what is
 * known of the rest is not the window's. Before the first and after the last reading the nearest one is held for at most
 * one period, and what that adds counts as uncertain.
 *
 * @param amount what was added up over the covered part, in unit × second of a rate, in its unit of a counter
 * @param coveredSeconds length of the covered part
 * @param heldAmount share of the amount that comes from holding the nearest reading
 * @param samples readings inside the window
 * @param peak largest reading of a rate inside the window, steepest step of a counter; empty where there is none
 * @param longestGap the longest span without a reading that is not covered or is longer than five periods
 * @param reversed whether a current flowed the wrong way, into the battery, somewhere in the window
 */
record Integral(
        Window window,
        double amount,
        double coveredSeconds,
        double heldAmount,
        int samples,
        OptionalDouble peak,
        Optional<Window> longestGap,
        boolean reversed) {
    /** Fewer readings than this, and a window's figure is not quoted alone. */
    static final int ENOUGH_SAMPLES = 20;

    private static final double COVERED = 1 - 1e-9;

    static Integral over(Trace trace, Window window) {
        return new Integrator(trace, window).integrate();
    }

    /** The window's amount; empty where a part of the window is not covered. */
    OptionalDouble total() {
        return coveredSeconds >= window.seconds() * COVERED && coveredSeconds > 0
                ? OptionalDouble.of(amount)
                : OptionalDouble.empty();
    }

    /**
     * Half-width of the amount: clock bound × mean rate + resolution of the source + what holding a reading added.
     *
     * @param quantum the source's resolution as an amount
     */
    double uncertainty(long clockBoundNanos, double quantum) {
        double rate = coveredSeconds > 0 ? Math.abs(amount) / coveredSeconds : 0;
        return clockBoundNanos / 1e9 * rate + quantum + heldAmount;
    }
}
