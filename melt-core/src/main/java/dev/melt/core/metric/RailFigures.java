package dev.melt.core.metric;

import dev.melt.core.metric.TotalPower.Rail;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Joules of each rail, domain or card by itself, over all turns together. They may contain one another: nothing here is a sum. */
final class RailFigures implements FigureFamily {
    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<Window> turns = times.turns().stream()
                .flatMap(turn -> turn.untilLastToken().stream())
                .toList();
        List<Window> prefill = times.turns().stream()
                .flatMap(turn -> turn.prefillWindows().stream())
                .toList();
        List<Window> decode =
                times.turns().stream().flatMap(turn -> turn.decode().stream()).toList();
        return TotalPower.rails(evidence.series(), evidence.periodNanos()).stream()
                .flatMap(rail -> Stream.of(
                                figure(EnergyMetrics.RAIL_ENERGY, rail, turns, evidence),
                                figure(EnergyMetrics.RAIL_ENERGY_PREFILL, rail, prefill, evidence),
                                figure(EnergyMetrics.RAIL_ENERGY_DECODE, rail, decode, evidence))
                        .flatMap(Optional::stream))
                .toList();
    }

    /** Of the windows together; empty where a part of one is not covered. */
    private static Optional<MetricValue> figure(
            Metric metric, Rail rail, List<Window> windows, TrialEvidence evidence) {
        double joules = 0;
        double uncertainty = 0;
        for (Window window : windows) {
            Integral integral = rail.power().integral(window);
            if (integral.total().isEmpty()) {
                return Optional.empty();
            }
            joules += integral.amount();
            uncertainty += rail.power().uncertaintyJoules(integral, evidence.clockBoundNanos());
        }
        return windows.isEmpty()
                ? Optional.empty()
                : Optional.of(metric.ofTrialAt(
                        rail.site(),
                        new Measured(
                                joules,
                                rail.power().name(),
                                OptionalDouble.of(uncertainty),
                                Optional.of(rail.power().grade().name()))));
    }
}
