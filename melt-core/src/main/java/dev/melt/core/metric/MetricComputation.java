package dev.melt.core.metric;

import java.util.List;
import java.util.stream.Stream;

/**
 * Computes every figure of a trial from its evidence. A pure function: the same evidence gives the same figures, now and
 * when a run is parsed again. What the evidence does not carry has no value. Stateless, safe for any thread.
 */
public final class MetricComputation {
    private static final List<FigureFamily> FAMILIES = List.of(
            new LatencyFigures(),
            new EngineFigures(),
            new EnergyFigures(),
            new RailFigures(),
            new DischargeFigures(),
            new MemoryFigures(),
            new TemperatureFigures(),
            new ThrottleFigures(),
            new RetainedRate(),
            new UtilisationFigures(),
            new OperatorShares());

    private MetricComputation() {}

    /** The figures of the turns and of the trial, in the order of {@link Metrics#ALL}. */
    public static List<MetricValue> compute(TrialEvidence evidence) {
        TrialTimes times = TrialTimes.of(evidence.events());
        List<MetricValue> own =
                FAMILIES.stream().flatMap(f -> f.of(evidence, times).stream()).toList();
        List<MetricValue> figures = Stream.concat(own.stream(), StatedFigures.beside(own, evidence.stated()).stream())
                .toList();
        List<MetricValue> all = Stream.concat(figures.stream(), pooled(figures)).toList();
        return Metrics.ALL.stream()
                .flatMap(metric -> all.stream().filter(v -> metric.matches(v)))
                .toList();
    }

    /** Trial figures made of the turns', where the engine states none of its own. */
    private static Stream<MetricValue> pooled(List<MetricValue> figures) {
        return TurnPool.trialFigures(figures).stream()
                .filter(value -> figures.stream()
                        .noneMatch(v -> v.turn().isEmpty() && v.metric().equals(value.metric())));
    }
}
