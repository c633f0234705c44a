package dev.melt.core.metric;

import dev.melt.core.event.Event;
import dev.melt.core.event.PageCache;
import dev.melt.core.stats.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Times and rates from the engine's event lines. */
final class LatencyFigures implements FigureFamily {
    /** A p99 of fewer gaps would be one of the two longest and no quantile. */
    static final int GAPS_FOR_P99 = 100;

    private static final String SOURCE = "events";

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<MetricValue> figures = new ArrayList<>();
        load(times, figures);
        times.turns().forEach(turn -> turn(turn, figures));
        double[] allGaps = times.turns().stream()
                .flatMapToDouble(t -> Arrays.stream(t.gapsSeconds()))
                .toArray();
        gaps(allGaps, (metric, value) -> figures.add(metric.ofTrial(value, SOURCE)));
        return figures;
    }

    private static void load(TrialTimes times, List<MetricValue> figures) {
        times.loads().stream().findFirst().ifPresent(load -> {
            double seconds = new Window(load.startNanos(), load.endNanos()).seconds();
            figures.add(TimeMetrics.LOAD_TIME.ofTrial(seconds, loadSource(load)));
        });
        spans(TimeMetrics.CONTEXT_TIME, times.contexts(), figures);
        spans(TimeMetrics.WARMUP_TIME, times.warmUps(), figures);
        spans(TimeMetrics.GRAPH_PREPARE_TIME, times.graphs(), figures);
    }

    private static void spans(Metric metric, List<Window> spans, List<MetricValue> figures) {
        if (!spans.isEmpty()) {
            double seconds = spans.stream().mapToDouble(Window::seconds).sum();
            figures.add(metric.ofTrial(seconds, SOURCE));
        }
    }

    /** A load from the page cache is another thing than one from storage: the source keeps them apart. */
    private static String loadSource(Event.Load load) {
        PageCache cache = load.cache();
        return SOURCE + ", " + cache.name().toLowerCase(Locale.ROOT);
    }

    private static void turn(TurnTimes turn, List<MetricValue> figures) {
        BiConsumer<Metric, Double> add = (metric, value) -> figures.add(metric.ofTurn(turn.index(), value, SOURCE));
        turn.generated().ifPresent(n -> add.accept(TimeMetrics.GENERATED_TOKENS, (double) n));
        turn.untilFirstToken().ifPresent(w -> add.accept(TimeMetrics.TTFT, w.seconds()));
        turn.untilLastToken().ifPresent(w -> add.accept(TimeMetrics.TURN_TIME, w.seconds()));
        turn.prefillSeconds().ifPresent(seconds -> {
            add.accept(TimeMetrics.PROMPT_TOKENS, (double) turn.promptTokens());
            add.accept(TimeMetrics.PREFILL_TIME, seconds);
            add.accept(TimeMetrics.PREFILL_RATE, turn.promptTokens() / seconds);
        });
        turn.decode().ifPresent(w -> {
            add.accept(TimeMetrics.DECODE_STEPS, (double) turn.decodeSteps());
            add.accept(TimeMetrics.DECODE_TIME, w.seconds());
            add.accept(TimeMetrics.DECODE_RATE, turn.decodeSteps() / w.seconds());
            add.accept(TimeMetrics.TPOT, w.seconds() / turn.decodeSteps());
        });
        turn.decodePassSeconds().ifPresent(seconds -> {
            add.accept(TimeMetrics.DECODE_PASS_TIME, seconds);
            add.accept(TimeMetrics.DECODE_PASS_RATE, turn.decodeSteps() / seconds);
        });
        gaps(turn.gapsSeconds(), add);
    }

    private static void gaps(double[] gaps, BiConsumer<Metric, Double> add) {
        Quantile.of(gaps, 0.50).ifPresent(v -> add.accept(TimeMetrics.ITL_P50, v));
        Quantile.of(gaps, 0.90).ifPresent(v -> add.accept(TimeMetrics.ITL_P90, v));
        Quantile.of(gaps, 0.95).ifPresent(v -> add.accept(TimeMetrics.ITL_P95, v));
        if (gaps.length >= GAPS_FOR_P99) {
            Quantile.of(gaps, 0.99).ifPresent(v -> add.accept(TimeMetrics.ITL_P99, v));
        }
    }
}
