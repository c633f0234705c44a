package dev.melt.core.telemetry;

import java.util.List;

/** How a column of raw readings becomes a series in SI units. Written into {@code samples.tsv} with the column. */
public sealed interface Conversion {
    /** In one line, as {@link #ofText} reads it: {@code scale 0.001}. */
    String text();

    /** value = first number of the raw cell × factor. */
    record Scale(double factor) implements Conversion {
        public Scale {
            requireFinite(factor);
        }

        @Override
        public String text() {
            return "scale " + factor;
        }
    }

    /**
     * A counter that only grows and starts again at its range: value = (raw − first raw, wrap-around undone) × factor.
     *
     * @param range the counter's modulus in raw units; 0 when it does not wrap
     */
    record Counter(double factor, long range) implements Conversion {
        public Counter {
            requireFinite(factor);
            if (range < 0) {
                throw new IllegalArgumentException("a counter's range must not be negative, was " + range);
            }
        }

        @Override
        public String text() {
            return "counter " + factor + " " + range;
        }
    }

    /**
     * The energy that went through a rail since the device was switched on, as Pixel's power meters tell it behind a line's
     * first word ({@code T=MILLIS)[RAIL], MICROWATTSECONDS}): value = (last number − first one) × factor, at the time T of
     * the meter where that is one of the boot clock. A reading with the T of the one before was not renewed and is left out.
     * A counter that falls was reset; what it lost in between counts as nothing.
     */
    record RailEnergy(double factor) implements Conversion {
        public RailEnergy {
            requireFinite(factor);
        }

        @Override
        public String text() {
            return "rail-energy " + factor;
        }
    }

    /**
     * The clocks of one processor in a raw cell, as {@code /proc/stat} has them ({@code user nice system idle iowait irq
     * softirq steal ...}): value = Δ(all − idle − iowait) / Δall since the last tick. Time of guests is left out of the sum,
     * because {@code user} holds it already.
     */
    record BusyShare() implements Conversion {
        @Override
        public String text() {
            return "busy-share";
        }
    }

    /**
     * How fast a sum grows: value = Δraw × factor per second since the last tick. Where it falls, because something left
     * the sum, there is no value.
     */
    record Rate(double factor) implements Conversion {
        public Rate {
            requireFinite(factor);
        }

        @Override
        public String text() {
            return "rate " + factor;
        }
    }

    /**
     * The conversion that was written so.
     *
     * @throws UnreadableSamplesException when it is none
     */
    static Conversion ofText(String text) {
        List<String> words = List.of(text.split(" ", -1));
        try {
            if (words.size() == 2 && words.get(0).equals("scale")) {
                return new Scale(Double.parseDouble(words.get(1)));
            }
            if (words.size() == 2 && words.get(0).equals("rate")) {
                return new Rate(Double.parseDouble(words.get(1)));
            }
            if (words.size() == 2 && words.get(0).equals("rail-energy")) {
                return new RailEnergy(Double.parseDouble(words.get(1)));
            }
            if (words.size() == 3 && words.get(0).equals("counter")) {
                return new Counter(Double.parseDouble(words.get(1)), Long.parseLong(words.get(2)));
            }
        } catch (IllegalArgumentException malformed) {
            throw new UnreadableSamplesException("not a conversion of telemetry: " + text, malformed);
        }
        if (text.equals("busy-share")) {
            return new BusyShare();
        }
        throw new UnreadableSamplesException("not a conversion of telemetry: " + text, null);
    }

    private static void requireFinite(double factor) {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("a factor must be finite, was " + factor);
        }
    }
}
