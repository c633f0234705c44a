package dev.melt.core.metric;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Are the samples there that the figures rest on? */
final class TelemetryCheck {
    private TelemetryCheck() {}

    /**
     * The sampler as a whole stood still for more than five periods in a turn; or the energy source did, or left a
     * turn's edge without a reading, so that the turn has no energy.
     */
    static List<Warning> gaps(TrialEvidence evidence, TrialTimes times) {
        List<Warning> warnings = new ArrayList<>();
        if (!evidence.series().isEmpty()) {
            Trace ticks = ticks(evidence);
            longest(times, window -> Integral.over(ticks, window).longestGap())
                    .filter(gap -> gap.endNanos() - gap.startNanos() > ticks.gapNanos())
                    .ifPresent(gap -> warnings.add(gapWarning("no sample", gap, times)));
        }
        if (warnings.isEmpty()) {
            TotalPower.choose(evidence.series(), evidence.periodNanos())
                    .flatMap(power -> longest(
                                    times, window -> power.integral(window).longestGap())
                            .filter(gap -> !chargedIn(evidence, gap))
                            .map(gap -> gapWarning("no energy sample of " + power.name(), gap, times)))
                    .ifPresent(warnings::add);
        }
        return warnings;
    }

    /**
     * Current flowed into the battery, or none out of it; or a charger was attached while the battery's gauge stood for the
     * device: then a part of the load does not pass through the battery, even while it is discharged.
     */
    static List<Warning> charging(TrialEvidence evidence, TrialTimes times) {
        List<Warning> charged = charged(evidence, times);
        return charged.isEmpty() ? fed(evidence, times) : charged;
    }

    private static List<Warning> fed(TrialEvidence evidence, TrialTimes times) {
        boolean ofBattery = TotalPower.choose(evidence.series(), evidence.periodNanos())
                .filter(power -> power.grade() == EnergyGrade.C)
                .isPresent();
        return evidence.series().stream()
                .filter(s -> ofBattery && s.channel().quantity().equals(Quantities.PLUGGED))
                .flatMap(s -> longest(times, turn -> Optional.of(turn).filter(t -> isAbove(s, 0, t))).stream()
                        .map(turn -> new Warning(
                                Validity.CHARGING,
                                String.format(
                                        Locale.ROOT,
                                        "a charger at %s in a turn of %.1f s, while energy is taken from the battery's gauge",
                                        s.channel().site(),
                                        turn.seconds()))))
                .limit(1)
                .toList();
    }

    private static boolean isAbove(Series series, double limit, Window window) {
        return IntStream.range(0, series.size())
                .anyMatch(i -> window.contains(series.atNanos()[i]) && series.values()[i] > limit);
    }

    private static List<Warning> charged(TrialEvidence evidence, TrialTimes times) {
        return longest(times, turn -> Optional.of(turn).filter(t -> chargedIn(evidence, t)))
                .map(turn -> new Warning(
                        Validity.CHARGING,
                        String.format(
                                Locale.ROOT,
                                "battery current at %.3f A (positive is discharge) in a turn of %.1f s",
                                lowestCurrent(evidence, turn),
                                turn.seconds())))
                .map(List::of)
                .orElse(List.of());
    }

    /** The energies of the trial, each with the samples that it rests on. */
    static List<Warning> samples(TrialEvidence evidence, TrialTimes times) {
        return TotalPower.choose(evidence.series(), evidence.periodNanos())
                .map(power -> List.of(
                                few(
                                        EnergyMetrics.ENERGY,
                                        power,
                                        windows(
                                                times,
                                                t -> t.untilLastToken().stream().toList())),
                                few(EnergyMetrics.ENERGY_PREFILL, power, windows(times, TurnTimes::prefillWindows)),
                                few(
                                        EnergyMetrics.ENERGY_DECODE,
                                        power,
                                        windows(times, t -> t.decode().stream().toList())))
                        .stream()
                        .flatMap(Optional::stream)
                        .toList())
                .orElse(List.of());
    }

    private static Optional<Warning> few(Metric metric, PowerSource power, List<Window> windows) {
        int samples = windows.stream()
                .map(power::integral)
                .mapToInt(power::freshSamples)
                .sum();
        return windows.isEmpty() || samples >= Integral.ENOUGH_SAMPLES
                ? Optional.empty()
                : Optional.of(new Warning(
                        Validity.TOO_FEW_SAMPLES,
                        String.format(
                                Locale.ROOT,
                                "%s rests on %d samples in %.2f s of %s; %d are needed",
                                metric.id(),
                                samples,
                                windows.stream().mapToDouble(Window::seconds).sum(),
                                power.name(),
                                Integral.ENOUGH_SAMPLES)));
    }

    private static List<Window> windows(TrialTimes times, Function<TurnTimes, List<Window>> of) {
        return times.turns().stream().flatMap(t -> of.apply(t).stream()).toList();
    }

    private static Optional<Window> longest(TrialTimes times, Function<Window, Optional<Window>> find) {
        return times.turns().stream()
                .flatMap(t -> t.untilLastToken().stream())
                .flatMap(w -> find.apply(w).stream())
                .max(Comparator.comparingDouble(Window::seconds));
    }

    private static Warning gapWarning(String what, Window gap, TrialTimes times) {
        long start = times.allTurns().orElseThrow().startNanos();
        return new Warning(
                Validity.TELEMETRY_GAP,
                String.format(
                        Locale.ROOT,
                        "%s for %.2f s, %.2f s after the first turn began",
                        what,
                        gap.seconds(),
                        (gap.startNanos() - start) / 1e9));
    }

    /** Every moment at which any channel was read. */
    private static Trace ticks(TrialEvidence evidence) {
        long[] at = evidence.series().stream()
                .flatMapToLong(s -> LongStream.of(s.atNanos()))
                .sorted()
                .distinct()
                .toArray();
        return new Trace(Trace.Kind.RATE, at, new double[at.length], evidence.periodNanos());
    }

    private static boolean chargedIn(TrialEvidence evidence, Window window) {
        return lowestCurrent(evidence, window) <= 0;
    }

    /** Infinite where no current was read. */
    private static double lowestCurrent(TrialEvidence evidence, Window window) {
        double lowest = Double.POSITIVE_INFINITY;
        Optional<Series> current = TotalPower.battery(evidence.series(), Quantities.CURRENT);
        for (int i = 0; current.isPresent() && i < current.get().size(); i++) {
            if (window.contains(current.get().atNanos()[i])) {
                lowest = Math.min(lowest, current.get().values()[i]);
            }
        }
        return lowest;
    }
}
