package dev.melt.core.event;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A figure that an engine states and that no event can give: a peak of memory, a perplexity, a rate without the times behind
 * it. Only for what means exactly what the metric means.
 *
 * @param metric id of the metric, as in docs/reference/metrics.md
 * @param turn that it belongs to; empty for the whole trial
 * @param value in the metric's unit, finite
 * @param uncertainty one standard error in the same unit, where the engine gives it; NaN never
 */
public record StatedFigure(String metric, OptionalInt turn, double value, OptionalDouble uncertainty) {
    public StatedFigure {
        requireNonNull(metric, "metric");
        requireNonNull(turn, "turn");
        requireNonNull(uncertainty, "uncertainty");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric + ": a figure must be finite, was " + value);
        }
    }

    /** Of the whole trial. */
    public static StatedFigure ofTrial(String metric, double value) {
        return new StatedFigure(metric, OptionalInt.empty(), value, OptionalDouble.empty());
    }

    /** Of one turn. */
    public static StatedFigure ofTurn(String metric, int turn, double value) {
        return new StatedFigure(metric, OptionalInt.of(turn), value, OptionalDouble.empty());
    }
}
