package dev.melt.core.metric;

import dev.melt.core.telemetry.Unit;
import java.util.Set;

/** Short forms in which the metrics are declared. All begin with formula version 1. */
final class Declaration {
    private Declaration() {}

    static Metric turn(
            String id,
            Unit unit,
            Direction better,
            String formula,
            Pooling pooling,
            String definition,
            Evidence... needs) {
        return new Metric(id, unit, better, formula, 1, Scope.TURN, pooling, Set.of(needs), definition);
    }

    static Metric trial(String id, Unit unit, Direction better, String formula, String definition, Evidence... needs) {
        return new Metric(id, unit, better, formula, 1, Scope.TRIAL, Pooling.NONE, Set.of(needs), definition);
    }

    static Pooling sumOf(String every) {
        return new Pooling.Sum(every);
    }

    static Pooling by(String weight) {
        return new Pooling.WeightedBy(weight);
    }
}
