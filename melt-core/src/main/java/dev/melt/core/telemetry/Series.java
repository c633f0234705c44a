package dev.melt.core.telemetry;

import static java.util.Objects.requireNonNull;

/**
 * The samples of one channel in order of time. Column arrays, because a long run has millions; they are not copied and
 * must not be changed.
 *
 * @param atNanos boot-clock times, strictly increasing
 * @param values in {@link Channel#unit()}, all finite; a reading that failed has no entry
 */
@SuppressWarnings("ArrayRecordComponent") // column data, see above; compared by nobody
public record Series(Channel channel, long[] atNanos, double[] values) {
    public Series {
        requireNonNull(channel, "channel");
        if (atNanos.length != values.length) {
            throw new IllegalArgumentException(
                    channel + ": " + atNanos.length + " times, " + values.length + " values");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(channel + ": value must be finite, was " + values[i]);
            }
            if (i > 0 && atNanos[i] <= atNanos[i - 1]) {
                throw new IllegalArgumentException(channel + ": time must increase at sample " + i);
            }
        }
    }

    public int size() {
        return values.length;
    }
}
