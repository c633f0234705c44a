package dev.melt.core.metric;

import dev.melt.core.event.Event;
import dev.melt.core.event.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Share of each kind of operator in its phase's time: time over time, not a mean of the graphs' percentages. */
final class OperatorShares implements FigureFamily {
    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        Map<Phase, Map<String, Double>> seconds = new EnumMap<>(Phase.class);
        for (Event event : evidence.events()) {
            if (event instanceof Event.Op op) {
                seconds.computeIfAbsent(op.phase(), any -> new TreeMap<>())
                        .merge(op.op(), new Window(op.startNanos(), op.endNanos()).seconds(), Double::sum);
            }
        }
        return seconds.entrySet().stream()
                .flatMap(e -> shares(e.getKey(), e.getValue()).stream())
                .toList();
    }

    private static List<MetricValue> shares(Phase phase, Map<String, Double> seconds) {
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        String prefix = phase.name().toLowerCase(Locale.ROOT) + "/";
        return all == 0
                ? List.of()
                : seconds.entrySet().stream()
                        .map(e ->
                                DeviceMetrics.OP_SHARE.ofTrialAt(prefix + e.getKey(), e.getValue() / all, "operators"))
                        .toList();
    }
}
