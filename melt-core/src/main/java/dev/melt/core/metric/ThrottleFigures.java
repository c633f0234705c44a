package dev.melt.core.metric;

import java.util.ArrayList;
import java.util.List;

/** How long and how soon a device was throttled. No value where it cannot be told; 0 s where it can and was not. */
final class ThrottleFigures implements FigureFamily {
    private static final String SOURCE = "frequency caps and cooling states";

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        return Throttling.of(evidence, times).map(t -> figures(t, times)).orElse(List.of());
    }

    private static List<MetricValue> figures(Throttling throttling, TrialTimes times) {
        List<MetricValue> figures = new ArrayList<>();
        figures.add(DeviceMetrics.THROTTLE_TIME.ofTrial(throttling.seconds(), SOURCE));
        if (!throttling.spans().isEmpty()) {
            long first = throttling.spans().get(0).startNanos();
            long start = times.allTurns().orElseThrow().startNanos();
            long over =
                    times.windows().stream().filter(t -> t.endNanos() <= first).count();
            figures.add(DeviceMetrics.TIME_TO_THROTTLE.ofTrial(new Window(start, first).seconds(), SOURCE));
            figures.add(DeviceMetrics.TURNS_TO_THROTTLE.ofTrial((double) over, SOURCE));
        }
        return figures;
    }
}
