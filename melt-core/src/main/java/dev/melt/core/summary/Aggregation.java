package dev.melt.core.summary;

import dev.melt.core.metric.Metric;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.Metrics;
import dev.melt.core.metric.Scope;
import dev.melt.core.metric.TurnPool;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.stats.HierarchicalBootstrap;
import dev.melt.core.stats.HierarchicalBootstrap.Interval;
import dev.melt.core.stats.ModifiedZ;
import dev.melt.core.stats.Quantile;
import dev.melt.core.stats.Spread;
import dev.melt.core.summary.Summary.LeftOut;
import dev.melt.core.summary.Summary.Outlier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Makes the summaries of a cell out of its trials, metric by metric in the order of {@link Metrics#ALL}. Trials that did
 * not end with {@link Outcome#OK} are left out and named; figures that rest on different sources or formula versions are
 * kept apart. Immutable, safe for any thread.
 *
 * @param bootstrap with the seed that is stored beside the run
 */
public record Aggregation(HierarchicalBootstrap bootstrap) {
    private static final String DECODE_RATE = "decode_rate";

    public Aggregation(long seed) {
        this(new HierarchicalBootstrap(seed));
    }

    /** What must be equal for values to be put together. */
    private record Kind(String id, int formulaVersion, String source) {}

    /** One trial's figure of one metric. */
    private record Figure(TrialFigures trial, MetricValue value) {}

    /** The summaries of one cell; where a metric comes from several sources, the one of most trials first. */
    public List<Summary> summarise(List<TrialFigures> trials) {
        return Metrics.ALL.stream()
                .flatMap(metric -> (metric.scope() == Scope.CELL
                                ? rateVariation(metric, trials).stream().toList()
                                : ofMetric(metric, trials))
                        .stream())
                .toList();
    }

    private List<Summary> ofMetric(Metric metric, List<TrialFigures> trials) {
        Map<Kind, List<Figure>> byKind = byKind(metric, trials);
        Comparator<Summary> bySite = Comparator.comparing(Summary::metric);
        return byKind.entrySet().stream()
                .map(e -> summary(metric, e.getKey(), e.getValue(), trials))
                .sorted(bySite.thenComparing(Comparator.comparingInt(Summary::n).reversed()))
                .toList();
    }

    private static Map<Kind, List<Figure>> byKind(Metric metric, List<TrialFigures> trials) {
        Map<Kind, List<Figure>> byKind = new TreeMap<>(Comparator.comparing(Kind::id)
                .thenComparing(Kind::formulaVersion, Comparator.reverseOrder())
                .thenComparing(Kind::source));
        for (TrialFigures trial : trials) {
            if (trial.outcome() == Outcome.OK) {
                trial.metrics().stream()
                        .filter(v -> v.turn().isEmpty() && metric.matches(v))
                        .forEach(v -> byKind.computeIfAbsent(
                                        new Kind(v.metric(), v.formulaVersion(), v.source()), any -> new ArrayList<>())
                                .add(new Figure(trial, v)));
            }
        }
        return byKind;
    }

    private Summary summary(Metric metric, Kind kind, List<Figure> figures, List<TrialFigures> trials) {
        double[] values = figures.stream().mapToDouble(f -> f.value().value()).toArray();
        Optional<Interval> interval = interval(metric, figures);
        return new Summary(
                kind.id(),
                kind.formulaVersion(),
                metric.unit(),
                kind.source(),
                values.length,
                Quantile.median(values).orElseThrow(),
                interval.isPresent() ? OptionalDouble.of(interval.get().low()) : OptionalDouble.empty(),
                interval.isPresent() ? OptionalDouble.of(interval.get().high()) : OptionalDouble.empty(),
                values.length < 2 ? OptionalDouble.empty() : Spread.medianAbsoluteDeviation(values),
                values.length < 2 ? figures.get(0).value().uncertainty() : OptionalDouble.empty(),
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow(),
                leftOut(kind, figures, trials),
                outliers(figures, values));
    }

    /** Turns are resampled where the trial's figure is made of theirs; else the trial's figure is drawn as it is. */
    private Optional<Interval> interval(Metric metric, List<Figure> figures) {
        List<List<TurnPool.Entry>> turns = figures.stream()
                .map(f -> TurnPool.entries(metric, f.trial().metrics()))
                .toList();
        if (turns.stream().noneMatch(List::isEmpty)) {
            return bootstrap.medianOverTrials(turns, drawn -> TurnPool.pool(metric.pooling(), drawn));
        }
        return bootstrap.medianOverTrials(
                figures.stream().map(f -> List.of(f.value().value())).toList(), drawn -> drawn.get(0));
    }

    private static List<LeftOut> leftOut(Kind kind, List<Figure> figures, List<TrialFigures> trials) {
        List<TrialFigures> in = figures.stream().map(Figure::trial).toList();
        return trials.stream()
                .filter(t -> !in.contains(t))
                .map(t -> new LeftOut(t.trialId(), reason(t, kind)))
                .toList();
    }

    private static String reason(TrialFigures trial, Kind kind) {
        if (trial.outcome() != Outcome.OK) {
            return trial.cause().isEmpty()
                    ? trial.outcome().name()
                    : trial.outcome().name() + ": " + trial.cause();
        }
        return trial.metrics().stream()
                .filter(v -> v.turn().isEmpty() && v.metric().equals(kind.id()))
                .findFirst()
                .map(other -> "from another source: " + other.source() + ", formula version " + other.formulaVersion())
                .orElse("no value");
    }

    private static List<Outlier> outliers(List<Figure> figures, double[] values) {
        double[] scores = ModifiedZ.of(values);
        return Arrays.stream(ModifiedZ.flagged(values))
                .mapToObj(i -> new Outlier(figures.get(i).trial().trialId(), values[i], scores[i]))
                .toList();
    }

    private static Optional<Summary> rateVariation(Metric metric, List<TrialFigures> trials) {
        List<Figure> rates = trials.stream()
                .filter(t -> t.outcome() == Outcome.OK)
                .flatMap(t -> t.metrics().stream()
                        .filter(v -> v.turn().isEmpty() && v.metric().equals(DECODE_RATE))
                        .map(v -> new Figure(t, v)))
                .toList();
        OptionalDouble variation = Spread.coefficientOfVariation(
                rates.stream().mapToDouble(f -> f.value().value()).toArray());
        if (variation.isEmpty()) {
            return Optional.empty();
        }
        double cv = variation.getAsDouble();
        Kind kind = new Kind(DECODE_RATE, metric.formulaVersion(), "events");
        return Optional.of(new Summary(
                metric.id(),
                metric.formulaVersion(),
                metric.unit(),
                DECODE_RATE,
                rates.size(),
                cv,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                cv,
                cv,
                leftOut(kind, rates, trials),
                List.of()));
    }
}
