package dev.melt.core.metric;

import static java.util.Comparator.comparingLong;

import dev.melt.core.telemetry.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When a device was throttled while its engine worked: a frequency cap stood below what hardware and settings allow, or
 * a cooling device took speed away. A platform's own thermal status is not looked at; it has been seen at 0 on a phone
 * that had lost 64 % of its speed.
 *
 * @param spans inside turns, in order, not overlapping
 * @param firstReading the reading that shows it first
 */
record Throttling(List<Window> spans, Optional<Reading> firstReading) {
    /** Caps are steps of some percent; a smaller difference is rounding. */
    private static final double CAPPED_BELOW = 0.99;

    /** They take no speed away, or stand above 0 for ever. */
    private static final Pattern NO_THROTTLE = Pattern.compile("(?i).*(fan|tcc).*");

    /** A reading with what it would be were nothing throttled. */
    record Reading(Series series, int index, double full) {
        double value() {
            return series.values()[index];
        }

        private long atNanos() {
            return series.atNanos()[index];
        }
    }

    /** Empty where the device has no channel that could show it. */
    static Optional<Throttling> of(TrialEvidence evidence, TrialTimes times) {
        List<Series> channels =
                evidence.series().stream().filter(Throttling::tells).toList();
        return channels.isEmpty() || times.windows().isEmpty()
                ? Optional.empty()
                : Optional.of(of(channels, evidence, times));
    }

    double seconds() {
        return spans.stream().mapToDouble(Window::seconds).sum();
    }

    private static Throttling of(List<Series> channels, TrialEvidence evidence, TrialTimes times) {
        List<Window> spans = new ArrayList<>();
        List<Reading> readings = new ArrayList<>();
        for (Series series : channels) {
            double full = full(series, evidence.device());
            long holds = 5 * evidence.periodNanos();
            for (int i = 0; i < series.size(); i++) {
                if (throttled(series, i, full)) {
                    List<Window> inTurns = inside(span(series, i, holds), times.windows());
                    spans.addAll(inTurns);
                    if (!inTurns.isEmpty()) {
                        readings.add(new Reading(series, i, full));
                    }
                }
            }
        }
        return new Throttling(merged(spans), readings.stream().min(comparingLong(Reading::atNanos)));
    }

    private static boolean tells(Series series) {
        String quantity = series.channel().quantity();
        return series.size() > 0
                && (quantity.equals(Quantities.FREQUENCY_CAP)
                        || (quantity.equals(Quantities.COOLING)
                                && !NO_THROTTLE.matcher(series.channel().site()).matches()));
    }

    /** Where nobody said what is allowed, the highest cap that was seen. 0 is a cooling device at rest. */
    private static double full(Series series, DeviceFacts device) {
        if (series.channel().quantity().equals(Quantities.COOLING)) {
            return 0;
        }
        Double known = device.fullFrequencyHz().get(series.channel().site());
        return known != null ? known : Arrays.stream(series.values()).max().orElseThrow();
    }

    private static boolean throttled(Series series, int i, double full) {
        double value = series.values()[i];
        return series.channel().quantity().equals(Quantities.COOLING) ? value > full : value < CAPPED_BELOW * full;
    }

    /** A reading holds until the next one, but not across a gap. */
    private static Window span(Series series, int i, long holdsNanos) {
        long at = series.atNanos()[i];
        long until = i + 1 < series.size() ? Math.min(series.atNanos()[i + 1], at + holdsNanos) : at + 1;
        return new Window(at, until);
    }

    private static List<Window> inside(Window span, List<Window> turns) {
        return turns.stream()
                .filter(t -> t.overlapNanos(span) > 0)
                .map(t -> new Window(
                        Math.max(t.startNanos(), span.startNanos()), Math.min(t.endNanos(), span.endNanos())))
                .toList();
    }

    private static List<Window> merged(List<Window> spans) {
        List<Window> merged = new ArrayList<>();
        for (Window next :
                spans.stream().sorted(comparingLong(Window::startNanos)).toList()) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).endNanos() >= next.startNanos()) {
                Window before = merged.get(last);
                merged.set(last, new Window(before.startNanos(), Math.max(before.endNanos(), next.endNanos())));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }
}
