package dev.melt.virtual.machine;

/** A quantity that follows another with a time constant, as a temperature follows power. One thread uses it. */
public final class Lagging {
    private double value;

    public Lagging(double start) {
        this.value = start;
    }

    /** What it is now. */
    public double value() {
        return value;
    }

    /** Sets it at once. */
    public void set(double now) {
        value = now;
    }

    /** Lets it go on towards a target for some seconds; after {@code constant} seconds it has come 63 % of the way. */
    public void towards(double target, double seconds, double constant) {
        value += (target - value) * (1 - Math.exp(-seconds / constant));
    }
}
