package dev.melt.core.metric;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Do MELT's figures and the engine's agree? Rates are compared over the whole trial, where the engine's clock ticks weigh
 * little. Prompt lengths are compared turn by turn: an engine's timing block that was read for the wrong turn leaves the
 * totals as they are.
 */
final class EngineCheck {
    static final double LIMIT = 0.02;

    /**
     * What an engine does not count of a step and MELT does: choosing the token and handing it over. With a model so small
     * that a step takes less than 10 ms it is more than the limit, and no disagreement.
     */
    static final double STEP_SLACK_SECONDS = 200e-6;

    private EngineCheck() {}

    static List<Warning> check(TrialEvidence evidence, TrialTimes times, List<MetricValue> figures) {
        List<Warning> warnings = new ArrayList<>();
        rates(TimeMetrics.PREFILL_RATE, TimeMetrics.PREFILL_RATE_ENGINE, figures, prefillSlack(times))
                .ifPresent(warnings::add);
        rates(TimeMetrics.DECODE_RATE, TimeMetrics.DECODE_RATE_ENGINE, figures, STEP_SLACK_SECONDS)
                .ifPresent(warnings::add);
        times.turns().stream()
                .flatMap(turn -> promptLength(turn, evidence).stream())
                .findFirst()
                .ifPresent(warnings::add);
        return warnings;
    }

    /** Of each prompt token, so that it can be held against rates. */
    private static double prefillSlack(TrialTimes times) {
        long tokens = times.turns().stream().mapToLong(TurnTimes::promptTokens).sum();
        return tokens == 0 ? 0 : STEP_SLACK_SECONDS * times.turns().size() / tokens;
    }

    private static Optional<Warning> rates(
            Metric own, Metric engine, List<MetricValue> figures, double slackSecondsPerToken) {
        Optional<Double> ownRate = trial(own, figures);
        Optional<Double> engineRate = trial(engine, figures);
        if (ownRate.isEmpty()
                || engineRate.isEmpty()
                || !differ(ownRate.get(), engineRate.get())
                || Math.abs(1 / ownRate.get() - 1 / engineRate.get()) <= slackSecondsPerToken) {
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
                .filter(perf -> lengthsDiffer(own, perf.prefillTokens()))
                .findFirst()
                .map(perf -> new Warning(
                        Validity.ENGINE_DISAGREES,
                        String.format(
                                Locale.ROOT,
                                "turn %d: %d prompt tokens, engine says %d",
                                turn.index(),
                                own,
                                perf.prefillTokens())));
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
