package dev.melt.core.metric;

import dev.melt.core.stats.Quantile;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Makes the trial's figure out of its turns', as {@link Pooling} says. Stateless. */
public final class TurnPool {
    private TurnPool() {}

    /** One turn's figure with what it weighs. */
    public record Entry(MetricValue figure, double weight) {
        double value() {
            return figure.value();
        }
    }

    /**
     * The turns of one trial that have a figure of a metric.
     *
     * @param figures of one trial; those of the trial itself are passed over
     * @return empty where the metric is not pooled, or where a sum misses a turn
     */
    public static List<Entry> entries(Metric metric, List<MetricValue> figures) {
        Map<Integer, MetricValue> own = byTurn(metric.id(), figures);
        if (metric.pooling() instanceof Pooling.None) {
            return List.of();
        }
        if (metric.pooling() instanceof Pooling.Sum sum
                && !own.keySet().containsAll(byTurn(sum.every(), figures).keySet())) {
            return List.of();
        }
        if (!(metric.pooling() instanceof Pooling.WeightedBy by)) {
            return own.values().stream().map(v -> new Entry(v, 1)).toList();
        }
        List<Entry> entries = new ArrayList<>();
        Map<Integer, MetricValue> weights = byTurn(by.weight(), figures);
        own.forEach((turn, value) -> {
            MetricValue weight = weights.get(turn);
            if (weight != null && weight.value() > 0) {
                entries.add(new Entry(value, weight.value()));
            }
        });
        return entries.isEmpty() ? unweighted(metric, own.values()) : entries;
    }

    /**
     * Of an engine that prints rates and neither times nor counts behind them. Each turn counts as so many tokens as any
     * other, which makes total over total of rates their harmonic mean.
     */
    private static List<Entry> unweighted(Metric metric, Collection<MetricValue> turns) {
        boolean rate = metric.unit() == Unit.TOKENS_PER_SECOND;
        return turns.stream()
                .filter(v -> !rate || v.value() > 0)
                .map(v -> new Entry(v, rate ? 1 / v.value() : 1))
                .toList();
    }

    /** The pooled value of one or more turns. */
    public static double pool(Pooling pooling, List<Entry> entries) {
        return pool(pooling, entries, Entry::value);
    }

    static List<MetricValue> trialFigures(List<MetricValue> figures) {
        return Metrics.ALL.stream()
                .flatMap(metric -> trialFigure(metric, figures).stream())
                .toList();
    }

    private static Optional<MetricValue> trialFigure(Metric metric, List<MetricValue> figures) {
        List<Entry> entries = entries(metric, figures);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        MetricValue first = entries.get(0).figure();
        return Optional.of(metric.measured(
                OptionalInt.empty(),
                new Measured(
                        pool(metric.pooling(), entries),
                        first.source(),
                        uncertainty(metric.pooling(), entries),
                        first.grade())));
    }

    /** Errors of one source have one cause: they add up and do not cancel. */
    private static OptionalDouble uncertainty(Pooling pooling, List<Entry> entries) {
        return entries.stream().allMatch(e -> e.figure().uncertainty().isPresent())
                ? OptionalDouble.of(
                        pool(pooling, entries, e -> e.figure().uncertainty().orElseThrow()))
                : OptionalDouble.empty();
    }

    private static double pool(Pooling pooling, List<Entry> entries, ToDoubleFunction<Entry> value) {
        if (pooling instanceof Pooling.Median) {
            return Quantile.median(entries.stream().mapToDouble(value).toArray())
                    .orElseThrow();
        }
        if (pooling instanceof Pooling.Largest) {
            return entries.stream().mapToDouble(value).max().orElseThrow();
        }
        double sum = entries.stream()
                .mapToDouble(e -> value.applyAsDouble(e) * e.weight())
                .sum();
        return pooling instanceof Pooling.WeightedBy
                ? sum / entries.stream().mapToDouble(Entry::weight).sum()
                : sum;
    }

    private static Map<Integer, MetricValue> byTurn(String id, List<MetricValue> figures) {
        return figures.stream()
                .filter(v -> v.turn().isPresent() && v.metric().equals(id))
                .collect(Collectors.toMap(v -> v.turn().getAsInt(), v -> v, (a, b) -> b, TreeMap::new));
    }
}
