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
            phase(
                    perf.turn(),
                    perf.prefill(),
                    TimeMetrics.PREFILL_TIME_ENGINE,
                    TimeMetrics.PREFILL_RATE_ENGINE,
                    figures);
            phase(perf.turn(), perf.decode(), TimeMetrics.DECODE_TIME_ENGINE, TimeMetrics.DECODE_RATE_ENGINE, figures);
        }
        return figures;
    }

    private static void phase(int turn, EnginePerf.Phase phase, Metric time, Metric rate, List<MetricValue> figures) {
        phase.seconds().ifPresent(seconds -> figures.add(time.ofTurn(turn, seconds, SOURCE)));
        phase.rate().ifPresent(perSecond -> figures.add(rate.ofTurn(turn, perSecond, SOURCE)));
    }
}
