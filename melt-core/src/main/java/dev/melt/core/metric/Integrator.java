package dev.melt.core.metric;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** Adds one trace up over one window. Used once, by one thread. */
final class Integrator {
    private static final double NANOS = 1e9;

    private final Trace trace;
    private final Window window;
    private double amount;
    private double held;
    private long coveredNanos;
    private int samples;
    private OptionalDouble peak = OptionalDouble.empty();
    private Optional<Window> gap = Optional.empty();
    private boolean reversed;

    Integrator(Trace trace, Window window) {
        this.trace = trace;
        this.window = window;
    }

    Integral integrate() {
        if (trace.size() == 0) {
            uncovered(window);
        } else {
            holdBeforeFirst();
            for (int i = Math.max(0, position(window.startNanos()) - 1);
                    i + 1 < trace.size() && at(i) < window.endNanos();
                    i++) {
                interval(i);
            }
            holdAfterLast();
            countSamples();
        }
        return new Integral(window, amount, coveredNanos / NANOS, held, samples, peak, gap, reversed);
    }

    private void interval(int i) {
        long from = Math.max(at(i), window.startNanos());
        long to = Math.min(at(i + 1), window.endNanos());
        if (to <= from) {
            return;
        }
        boolean gapped = at(i + 1) - at(i) > trace.gapNanos();
        boolean whole = from == at(i) && to == at(i + 1);
        if (gapped) {
            note(new Window(from, to));
        }
        if (backwards(i) || (gapped && !(whole && trace.kind() == Trace.Kind.COUNTER))) {
            uncovered(new Window(from, to));
            return;
        }
        coveredNanos += to - from;
        amount += area(i, from, to);
        if (whole && trace.kind() == Trace.Kind.COUNTER) {
            peak((value(i + 1) - value(i)) / ((at(i + 1) - at(i)) / NANOS));
        }
    }

    /** A counter that goes back was reset; a discharge that is not positive is not the load's. */
    private boolean backwards(int i) {
        return switch (trace.kind()) {
            case COUNTER -> value(i + 1) < value(i);
            case DISCHARGE -> {
                boolean wrongWay = value(i) <= 0 || value(i + 1) <= 0;
                reversed |= wrongWay;
                yield wrongWay;
            }
            case RATE -> false;
        };
    }

    private double area(int i, long from, long to) {
        if (trace.kind() == Trace.Kind.COUNTER) {
            return (value(i + 1) - value(i)) * ((double) (to - from) / (at(i + 1) - at(i)));
        }
        return (interpolated(i, from) + interpolated(i, to)) / 2 * ((to - from) / NANOS);
    }

    private double interpolated(int i, long when) {
        return value(i) + (value(i + 1) - value(i)) * ((double) (when - at(i)) / (at(i + 1) - at(i)));
    }

    private void holdBeforeFirst() {
        long to = Math.min(at(0), window.endNanos());
        if (to > window.startNanos()) {
            hold(new Window(window.startNanos(), to), 0);
        }
    }

    private void holdAfterLast() {
        int last = trace.size() - 1;
        long from = Math.max(at(last), window.startNanos());
        if (window.endNanos() > from) {
            hold(new Window(from, window.endNanos()), last);
        }
    }

    private void hold(Window edge, int nearest) {
        long away = Math.max(at(nearest) - edge.startNanos(), edge.endNanos() - at(nearest));
        OptionalDouble rate = rateAt(nearest);
        if (away > trace.periodNanos() || rate.isEmpty()) {
            uncovered(edge);
            return;
        }
        double added = rate.getAsDouble() * edge.seconds();
        coveredNanos += edge.endNanos() - edge.startNanos();
        amount += added;
        held += Math.abs(added);
    }

    /** The rate at the first or the last reading; of a counter over the interval beside it. */
    private OptionalDouble rateAt(int nearest) {
        return switch (trace.kind()) {
            case RATE -> OptionalDouble.of(value(nearest));
            case DISCHARGE -> {
                reversed |= value(nearest) <= 0;
                yield value(nearest) > 0 ? OptionalDouble.of(value(nearest)) : OptionalDouble.empty();
            }
            case COUNTER -> slope(nearest == 0 ? 0 : nearest - 1);
        };
    }

    /** Of a counter between a reading and the next. */
    private OptionalDouble slope(int i) {
        return trace.size() < 2 || value(i + 1) < value(i)
                ? OptionalDouble.empty()
                : OptionalDouble.of((value(i + 1) - value(i)) / ((at(i + 1) - at(i)) / NANOS));
    }

    private void countSamples() {
        for (int i = position(window.startNanos()); i < trace.size() && at(i) <= window.endNanos(); i++) {
            samples++;
            if (trace.kind() != Trace.Kind.COUNTER) {
                peak(value(i));
            }
        }
    }

    private void peak(double rate) {
        peak = OptionalDouble.of(peak.isPresent() ? Math.max(peak.getAsDouble(), rate) : rate);
    }

    private void uncovered(Window span) {
        note(span);
    }

    private void note(Window span) {
        if (gap.isEmpty() || span.seconds() > gap.get().seconds()) {
            gap = Optional.of(span);
        }
    }

    /** Position of the first reading at or after a time. */
    private int position(long when) {
        int found = Arrays.binarySearch(trace.atNanos(), when);
        return found >= 0 ? found : -found - 1;
    }

    private long at(int i) {
        return trace.atNanos()[i];
    }

    private double value(int i) {
        return trace.values()[i];
    }
}
