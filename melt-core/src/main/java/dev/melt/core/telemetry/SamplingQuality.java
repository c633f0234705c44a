package dev.melt.core.telemetry;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How well a sampler kept its schedule.
 *
 * @param periodNanos planned time between two ticks
 * @param expectedTicks ticks that the schedule had between the first and the last one taken
 * @param takenTicks ticks that are there
 * @param longestGapNanos longest time between two neighbours; empty below two ticks
 * @param errorP50Nanos median of |actual − scheduled|; empty without a tick
 * @param errorP99Nanos its 99th percentile
 * @param errorMaxNanos its largest value
 */
public record SamplingQuality(
        long periodNanos,
        long expectedTicks,
        long takenTicks,
        OptionalLong longestGapNanos,
        OptionalLong errorP50Nanos,
        OptionalLong errorP99Nanos,
        OptionalLong errorMaxNanos) {

    public long missedTicks() {
        return Math.max(0, expectedTicks - takenTicks);
    }

    /** Collects ticks in order of time. */
    static final class Builder {
        private long[] errors = new long[256];
        private int taken;
        private long first;
        private long last = -1;
        private long lastAt = -1;
        private long longestGap = -1;

        void tick(long index, long at, long scheduledAt) {
            if (taken == errors.length) {
                errors = Arrays.copyOf(errors, taken * 2);
            }
            if (taken == 0) {
                first = index;
            }
            errors[taken++] = Math.abs(at - scheduledAt);
            last = index;
            sample(at);
        }

        /** A sample outside the schedule; it ends a gap all the same. */
        void sample(long at) {
            if (lastAt >= 0) {
                longestGap = Math.max(longestGap, at - lastAt);
            }
            lastAt = at;
        }

        SamplingQuality build(long periodNanos) {
            long[] sorted = Arrays.copyOf(errors, taken);
            Arrays.sort(sorted);
            return new SamplingQuality(
                    periodNanos,
                    taken == 0 ? 0 : last - first + 1,
                    taken,
                    longestGap < 0 ? OptionalLong.empty() : OptionalLong.of(longestGap),
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.99),
                    quantile(sorted, 1));
        }

        /** Type 7, as everywhere in MELT. */
        private static OptionalLong quantile(long[] sorted, double share) {
            if (sorted.length == 0) {
                return OptionalLong.empty();
            }
            double at = share * (sorted.length - 1);
            int below = (int) at;
            int above = Math.min(below + 1, sorted.length - 1);
            return OptionalLong.of(Math.round(sorted[below] + (at - below) * (sorted[above] - sorted[below])));
        }
    }
}
