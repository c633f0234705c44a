package dev.melt.core.metric;

import dev.melt.core.telemetry.Series;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * Something that can be added up over a window: readings of a rate (W, A), or of a counter of what has flowed so far (J,
 * C) whose wrap-around is undone already. The arrays are not copied and must not be changed.
 *
 * @param periodNanos between two readings as they should come; what is longer than five of them is a gap
 */
@SuppressWarnings("ArrayRecordComponent") // column data, as in Series; compared by nobody
record Trace(Kind kind, long[] atNanos, double[] values, long periodNanos) {
    enum Kind {
        RATE,
        /** A rate that is only meant while it is positive: current out of a battery, negative while it is charged. */
        DISCHARGE,
        COUNTER
    }

    private static final int GAP_PERIODS = 5;

    /** Of a series with its own period: its median spacing, where that is longer than the sampler's. */
    static Trace of(Kind kind, Series series, long samplerPeriodNanos, boolean ownClock) {
        long spacing = medianSpacing(series.atNanos());
        return new Trace(
                kind,
                series.atNanos(),
                series.values(),
                ownClock && spacing > 0 ? spacing : Math.max(spacing, samplerPeriodNanos));
    }

    int size() {
        return values.length;
    }

    long gapNanos() {
        return GAP_PERIODS * periodNanos;
    }

    /** Whether the readings show that something is measured here: not all zero, and a counter that moves. */
    boolean alive() {
        if (size() < 2) {
            return false;
        }
        return switch (kind) {
            case COUNTER -> values[size() - 1] > values[0];
            case RATE -> Arrays.stream(values).anyMatch(v -> v != 0);
            case DISCHARGE -> Arrays.stream(values).anyMatch(v -> v > 0);
        };
    }

    /** This and another, at the times at which both were read. */
    Trace plus(Trace other) {
        return join(other, kind, Double::sum);
    }

    /** Current and voltage to power, at the times at which both were read. */
    Trace times(Trace other) {
        return join(other, kind, (a, b) -> a * b);
    }

    /**
     * What has flowed since the first reading, of a rate by trapezoid; a counter as it is. What flowed in a gap is not known: the
     * readings after it are left out.
     */
    Trace asCounter() {
        if (kind == Kind.COUNTER) {
            return this;
        }
        double[] sums = new double[size()];
        int n = Math.min(1, size());
        while (n < size() && atNanos[n] - atNanos[n - 1] <= gapNanos()) {
            sums[n] = sums[n - 1] + (values[n] + values[n - 1]) / 2 * ((atNanos[n] - atNanos[n - 1]) / 1e9);
            n++;
        }
        return new Trace(Kind.COUNTER, Arrays.copyOf(atNanos, n), Arrays.copyOf(sums, n), periodNanos);
    }

    /**
     * The finest step that the readings show: what their resolution is at most. Of a counter it is looked for in the
     * steps, because the readings themselves lie a whole step apart. 0 where all are equal.
     */
    double resolution() {
        double[] sorted = kind == Kind.COUNTER ? steps() : values.clone();
        Arrays.sort(sorted);
        double noise =
                sorted.length == 0 ? 0 : 1e-9 * Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
        return IntStream.range(1, sorted.length)
                .mapToDouble(i -> sorted[i] - sorted[i - 1])
                .filter(step -> step > noise)
                .min()
                .orElse(0);
    }

    /** Median time between two readings that differ: a gauge may be read more often than it is renewed. 0 if unknown. */
    long refreshNanos() {
        long[] changes = IntStream.range(1, size())
                .filter(i -> values[i] != values[i - 1])
                .mapToLong(i -> atNanos[i])
                .toArray();
        return changes.length < 3 ? 0 : medianSpacing(changes);
    }

    private double[] steps() {
        return IntStream.range(1, size())
                .mapToDouble(i -> values[i] - values[i - 1])
                .toArray();
    }

    private Trace join(Trace other, Kind joined, DoubleBinaryOperator operator) {
        long[] at = new long[Math.min(size(), other.size())];
        double[] result = new double[at.length];
        int n = 0;
        for (int i = 0, j = 0; i < size() && j < other.size(); ) {
            if (atNanos[i] == other.atNanos[j]) {
                at[n] = atNanos[i];
                result[n++] = operator.applyAsDouble(values[i++], other.values[j++]);
            } else if (atNanos[i] < other.atNanos[j]) {
                i++;
            } else {
                j++;
            }
        }
        return new Trace(
                joined, Arrays.copyOf(at, n), Arrays.copyOf(result, n), Math.max(periodNanos, other.periodNanos));
    }

    private static long medianSpacing(long[] at) {
        long[] spacings = IntStream.range(1, at.length)
                .mapToLong(i -> at[i] - at[i - 1])
                .sorted()
                .toArray();
        return spacings.length == 0 ? 0 : spacings[spacings.length / 2];
    }
}
