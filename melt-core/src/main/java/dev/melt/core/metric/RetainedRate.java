package dev.melt.core.metric;

import java.util.List;

/** What is left of the decode rate at the end of a sustained run. */
final class RetainedRate implements FigureFamily {
    private static final int QUARTERS = 4;

    @Override
    public List<MetricValue> of(TrialEvidence evidence, TrialTimes times) {
        List<TurnTimes> turns =
                times.turns().stream().filter(t -> t.decode().isPresent()).toList();
        if (!evidence.sustained() || turns.size() < QUARTERS) {
            return List.of();
        }
        int quarter = turns.size() / QUARTERS;
        double start = rate(turns.subList(0, quarter));
        double plateau = rate(turns.subList(turns.size() - quarter, turns.size()));
        return List.of(TimeMetrics.RETAINED_RATE.ofTrial(plateau / start, "events"));
    }

    private static double rate(List<TurnTimes> turns) {
        return turns.stream().mapToInt(TurnTimes::decodeSteps).sum()
                / turns.stream()
                        .mapToDouble(t -> t.decode().orElseThrow().seconds())
                        .sum();
    }
}
