package dev.melt.core.summary;

import static java.util.Objects.requireNonNull;

import dev.melt.core.stats.ModifiedZ;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One figure of one cell over its trials.
 *
 * @param metric id, with its site where there are several: {@code temperature_peak/battery}
 * @param formulaVersion of the formula behind every value in it
 * @param source what every value in it rests on; figures of different sources are never put together
 * @param n trials that are in it
 * @param low end of the 95 % bootstrap interval of the median; empty for one trial
 * @param high the other end
 * @param mad median absolute deviation, in the same unit; empty for one trial
 * @param uncertainty of the one trial's value, where its formula gives it: a half-width, of an accuracy its standard error
 * @param leftOut trials that are not in it, each with the reason
 * @param outliers trials that are in it and lie far from the others
 */
public record Summary(
        String metric,
        int formulaVersion,
        Unit unit,
        String source,
        int n,
        double median,
        OptionalDouble low,
        OptionalDouble high,
        OptionalDouble mad,
        OptionalDouble uncertainty,
        double min,
        double max,
        List<LeftOut> leftOut,
        List<Outlier> outliers) {
    public Summary {
        requireNonNull(metric, "metric");
        requireNonNull(unit, "unit");
        requireNonNull(source, "source");
        requireNonNull(low, "low");
        requireNonNull(high, "high");
        requireNonNull(mad, "mad");
        requireNonNull(uncertainty, "uncertainty");
        if (n < 1) {
            throw new IllegalArgumentException(metric + ": a summary needs a trial");
        }
        leftOut = List.copyOf(leftOut);
        outliers = List.copyOf(outliers);
    }

    /** A trial that gave no value, and why: its outcome with the cause, or what was missing. */
    public record LeftOut(String trialId, String reason) {}

    /** A trial whose modified Z score is beyond {@link ModifiedZ#LIMIT}. */
    public record Outlier(String trialId, double value, double modifiedZ) {}
}
