package dev.melt.core.metric;

import dev.melt.core.event.EnginePerf;
import java.util.ArrayList;
import java.util.List;

/** Rates by the engine's own clock, kept beside MELT's and never mixed with them. */
final class EngineFigures implements FigureFamily {
    private static final String SOURCE = "engine";

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<MetricValue> figures = new ArrayList<>();
        for (EnginePerf perf : evidence.engine()) {
            int turn = perf.turn();
            if (perf.prefillTokens() > 0 && perf.prefillSeconds() > 0) {
                figures.add(TimeMetrics.PREFILL_TIME_ENGINE.ofTurn(turn, perf.prefillSeconds(), SOURCE));
                figures.add(TimeMetrics.PREFILL_RATE_ENGINE.ofTurn(
                        turn, perf.prefillTokens() / perf.prefillSeconds(), SOURCE));
            }
            if (perf.decodeTokens() > 0 && perf.decodeSeconds() > 0) {
                figures.add(TimeMetrics.DECODE_TIME_ENGINE.ofTurn(turn, perf.decodeSeconds(), SOURCE));
                figures.add(TimeMetrics.DECODE_RATE_ENGINE.ofTurn(
                        turn, perf.decodeTokens() / perf.decodeSeconds(), SOURCE));
            }
        }
        return figures;
    }
}
