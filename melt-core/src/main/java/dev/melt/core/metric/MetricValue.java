package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import dev.melt.core.telemetry.Unit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One figure of one trial or of one of its turns. A figure that could not be computed has no value.
 *
 * @param metric id as in {@code METRICS}, with its site where there are several: {@code temperature_peak/battery}
 * @param formulaVersion of the formula that made it
 * @param turn the turn it belongs to; empty for the whole trial
 * @param source what it rests on: {@code events}, {@code engine}, {@code rapl}, {@code fuel-gauge}, ...
 * @param uncertainty half-width in the same unit, where one is known
 * @param grade of an energy source, {@code A} to {@code D}; empty for everything else
 */
public record MetricValue(
        String metric,
        int formulaVersion,
        OptionalInt turn,
        double value,
        Unit unit,
        String source,
        OptionalDouble uncertainty,
        Optional<String> grade) {
    public MetricValue {
        requireNonNull(metric, "metric");
        requireNonNull(turn, "turn");
        requireNonNull(unit, "unit");
        requireNonNull(source, "source");
        requireNonNull(uncertainty, "uncertainty");
        requireNonNull(grade, "grade");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric + ": value must be finite, was " + value);
        }
    }
}
