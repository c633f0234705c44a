package dev.melt.core.telemetry;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Turns the raw cells of one column, given in order of time, into a {@link Series}. Not thread-safe. */
final class ColumnValues {
    private final Probe.Column column;
    private long[] atNanos = new long[256];
    private double[] values = new double[256];
    private int size;

    /** Counter and rate: the readings that the next one is seen against. */
    private boolean started;

    private double base;
    private double previous;
    private long previousAt;

    /** Rail: the meter's own time of the last reading. */
    private OptionalLong renewedMillis = OptionalLong.empty();

    /** Busy share: the clocks of the last tick. */
    private long @Nullable [] clocks;

    ColumnValues(Probe.Column column) {
        this.column = column;
    }

    /**
     * Takes one cell.
     *
     * @return false when it is not empty and not what the column's conversion reads
     */
    boolean add(long at, String cell) {
        String raw = cell.strip();
        if (raw.isEmpty()) {
            return true;
        }
        try {
            if (column.conversion() instanceof Conversion.RailEnergy rail) {
                rail(at, RailReading.parse(raw), rail.factor());
                return true;
            }
            OptionalDouble value = convert(at, raw);
            if (value.isPresent()) {
                append(at, value.getAsDouble());
            }
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    Series series() {
        return new Series(column.channel(), Arrays.copyOf(atNanos, size), Arrays.copyOf(values, size));
    }

    private OptionalDouble convert(long at, String raw) {
        if (column.conversion() instanceof Conversion.Scale scale) {
            return OptionalDouble.of(finite(number(raw) * scale.factor()));
        }
        if (column.conversion() instanceof Conversion.Counter counter) {
            return OptionalDouble.of(finite(counted(number(raw), counter.range()) * counter.factor()));
        }
        if (column.conversion() instanceof Conversion.Rate rate) {
            return rate(at, number(raw), rate.factor());
        }
        return busyShare(raw);
    }

    private void rail(long tick, RailReading reading, double factor) {
        if (reading.millis().isPresent() && reading.millis().equals(renewedMillis)) {
            return;
        }
        renewedMillis = reading.millis();
        double value = finite(counted(reading.raw(), 0) * factor);
        long at = reading.atNanos(tick);
        if (size == 0 || at > atNanos[size - 1]) {
            append(at, value);
        }
    }

    private OptionalDouble rate(long at, double raw, double factor) {
        boolean grows = started && raw >= previous;
        double value = grows ? (raw - previous) * factor / ((at - previousAt) / 1e9) : 0;
        started = true;
        previous = raw;
        previousAt = at;
        return grows ? OptionalDouble.of(finite(value)) : OptionalDouble.empty();
    }

    private static double number(String raw) {
        int end = raw.indexOf(' ');
        return finite(Double.parseDouble(end < 0 ? raw : raw.substring(0, end)));
    }

    private static double finite(double value) {
        if (!Double.isFinite(value)) {
            throw new NumberFormatException("not finite");
        }
        return value;
    }

    /** A counter that falls without a range was reset: what it lost in between is unknown and counts as nothing. */
    private double counted(double raw, long range) {
        if (!started) {
            started = true;
            base = raw;
        } else if (raw < previous) {
            base -= range > 0 ? range : previous - raw;
        }
        previous = raw;
        return raw - base;
    }

    private OptionalDouble busyShare(String raw) {
        String[] words = raw.split(" +", -1);
        if (words.length < 4) {
            throw new NumberFormatException("too few clocks");
        }
        long all = 0;
        for (int i = 0; i < Math.min(words.length, 8); i++) {
            all += Long.parseLong(words[i]);
        }
        long idle = Long.parseLong(words[3]) + (words.length > 4 ? Long.parseLong(words[4]) : 0);
        long[] before = clocks;
        clocks = new long[] {all, idle};
        if (before == null || all <= before[0]) {
            return OptionalDouble.empty();
        }
        double busy = 1 - (double) (idle - before[1]) / (all - before[0]);
        return OptionalDouble.of(Math.max(0, Math.min(1, busy)));
    }

    private void append(long at, double value) {
        if (size == values.length) {
            atNanos = Arrays.copyOf(atNanos, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        atNanos[size] = at;
        values[size++] = value;
    }
}
