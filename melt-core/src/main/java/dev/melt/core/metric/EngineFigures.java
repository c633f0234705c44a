package dev.melt.core.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Rates by the engine's own clock, kept beside MELT's and never mixed with them. */
final class EngineFigures implements FigureFamily {
    private static final String SOURCE = "engine";

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<MetricValue> figures = new ArrayList<>();
        evidence.engine().forEach((turn, perf) -> {
            rate(
                    TimeMetrics.PREFILL_TIME_ENGINE,
                    TimeMetrics.PREFILL_RATE_ENGINE,
                    turn,
                    perf.promptTokens(),
                    perf.prefillSeconds(),
                    figures);
            rate(
                    TimeMetrics.DECODE_TIME_ENGINE,
                    TimeMetrics.DECODE_RATE_ENGINE,
                    turn,
                    perf.decodeSteps(),
                    perf.decodeSeconds(),
                    figures);
        });
        return figures;
    }

    private static void rate(
            Metric time, Metric rate, int turn, OptionalInt count, OptionalDouble seconds, List<MetricValue> figures) {
        if (count.isPresent() && count.getAsInt() > 0 && seconds.isPresent() && seconds.getAsDouble() > 0) {
            figures.add(time.ofTurn(turn, seconds.getAsDouble(), SOURCE));
            figures.add(rate.ofTurn(turn, count.getAsInt() / seconds.getAsDouble(), SOURCE));
        }
    }
}
