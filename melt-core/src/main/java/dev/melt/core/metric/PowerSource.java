package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/** The one power that stands for the whole device, as {@link TotalPower} chose it. Immutable. */
public final class PowerSource {
    private final String name;
    private final EnergyGrade grade;
    private final Trace trace;
    /** How often a gauge makes a new reading; 0 where that cannot be told, or nothing else than a gauge is read. */
    private final long refreshNanos;

    private final double resolution;

    PowerSource(String name, EnergyGrade grade, Trace trace) {
        this.name = requireNonNull(name, "name");
        this.grade = requireNonNull(grade, "grade");
        this.trace = requireNonNull(trace, "trace");
        this.refreshNanos = grade == EnergyGrade.C ? trace.refreshNanos() : 0;
        this.resolution = trace.resolution();
    }

    /**
     * What was read and why it was taken, such as {@code "rapl: dram + package-0 (processor packages and memory)"}. The
     * same for every trial on a device.
     */
    public String name() {
        return name;
    }

    public EnergyGrade grade() {
        return grade;
    }

    /** Mean power over a window in W; empty where the window is not covered. What a runner measures idle power with. */
    public OptionalDouble meanWatts(Window window) {
        OptionalDouble joules = integral(window).total();
        return joules.isPresent() ? OptionalDouble.of(joules.getAsDouble() / window.seconds()) : joules;
    }

    /** From the first reading to the last one; there are two at least. */
    Window span() {
        return new Window(trace.atNanos()[0], trace.atNanos()[trace.size() - 1]);
    }

    Integral integral(Window window) {
        return Integral.over(trace, window);
    }

    /** Readings in a window that the source itself renewed. */
    int freshSamples(Integral integral) {
        return refreshNanos <= trace.periodNanos()
                ? integral.samples()
                : (int) Math.min(integral.samples(), integral.window().seconds() * 1e9 / refreshNanos);
    }

    /** Half-width in J. */
    double uncertaintyJoules(Integral integral, long clockBoundNanos) {
        double quantum = trace.kind() == Trace.Kind.COUNTER ? resolution : resolution * integral.coveredSeconds();
        return integral.uncertainty(clockBoundNanos, quantum);
    }
}
