package dev.melt.core.metric;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Do MELT's figures and the engine's agree? Rates are compared over the whole trial, where the engine's clock ticks weigh
 * little. An engine times its passes and not the choice of tokens between them, which is a visible share of a small model's
 * decode_rate: where the events tell both apart, the passes are compared. Prompt lengths are compared turn by turn: an engine's timing block that was read for the wrong turn leaves the
 * totals as they are. Spans that were made of the engine's own durations are no second opinion, and nothing is compared.
 */
final class EngineCheck {
    static final double LIMIT = 0.02;

    private EngineCheck() {}

    static List<Warning> check(TrialEvidence evidence, TrialTimes times, List<MetricValue> figures) {
        List<Warning> warnings = new ArrayList<>();
        if (evidence.timing().isEnginesOwn()) {
            return warnings;
        }
        rates(TimeMetrics.PREFILL_RATE, TimeMetrics.PREFILL_RATE_ENGINE, figures)
                .ifPresent(warnings::add);
        rates(decodeRate(figures), TimeMetrics.DECODE_RATE_ENGINE, figures).ifPresent(warnings::add);
        times.turns().stream()
                .flatMap(turn -> promptLength(turn, evidence).stream())
                .findFirst()
                .ifPresent(warnings::add);
        return warnings;
    }

    private static Metric decodeRate(List<MetricValue> figures) {
        return trial(TimeMetrics.DECODE_PASS_RATE, figures).isPresent()
                ? TimeMetrics.DECODE_PASS_RATE
                : TimeMetrics.DECODE_RATE;
    }

    private static Optional<Warning> rates(Metric own, Metric engine, List<MetricValue> figures) {
        Optional<Double> ownRate = trial(own, figures);
        Optional<Double> engineRate = trial(engine, figures);
        if (ownRate.isEmpty() || engineRate.isEmpty() || !differ(ownRate.get(), engineRate.get())) {
            return Optional.empty();
        }
        return Optional.of(new Warning(
                Validity.ENGINE_DISAGREES,
                String.format(
                        Locale.ROOT,
                        "%s %.2f tok/s, engine says %.2f (%+.1f %%)",
                        own.id(),
                        ownRate.get(),
                        engineRate.get(),
                        100 * (engineRate.get() / ownRate.get() - 1))));
    }

    private static Optional<Warning> promptLength(TurnTimes turn, TrialEvidence evidence) {
        int own = turn.promptTokens();
        return evidence.engine().stream()
                .filter(perf -> perf.turn() == turn.index() && !turn.prefills().isEmpty())
                .filter(perf -> lengthsDiffer(own, perf.prefill().tokens().orElse(0)))
                .findFirst()
                .map(perf -> new Warning(
                        Validity.ENGINE_DISAGREES,
                        String.format(
                                Locale.ROOT,
                                "turn %d: %d prompt tokens, engine says %d",
                                turn.index(),
                                own,
                                perf.prefill().tokens().orElse(0))));
    }

    /** By more than one: an engine may count a last batch of one token as decoding. */
    private static boolean lengthsDiffer(int own, int engine) {
        return engine > 0 && Math.abs(engine - own) > 1 && differ(own, engine);
    }

    private static boolean differ(double own, double engine) {
        return Math.abs(engine - own) > LIMIT * own;
    }

    private static Optional<Double> trial(Metric metric, List<MetricValue> figures) {
        return figures.stream()
                .filter(v -> v.turn().isEmpty() && v.metric().equals(metric.id()))
                .map(MetricValue::value)
                .findFirst();
    }
}
