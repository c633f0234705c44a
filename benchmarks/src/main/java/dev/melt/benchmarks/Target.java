package dev.melt.benchmarks;

import java.util.Locale;

/** What a figure's median is held to. */
record Target(boolean atMost, double limit) {
    static Target atMost(double limit) {
        return new Target(true, limit);
    }

    static Target atLeast(double limit) {
        return new Target(false, limit);
    }

    boolean isMetBy(double value) {
        return atMost ? value <= limit : value >= limit;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.4g", atMost ? "<=" : ">=", limit);
    }
}
