package dev.melt.core.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/** How far values lie apart. Stateless; what one value cannot tell is empty, never 0. */
public final class Spread {
    private Spread() {}

    /** Median absolute deviation from the median, not scaled to a standard deviation. Empty for no values. */
    public static OptionalDouble medianAbsoluteDeviation(double[] values) {
        OptionalDouble median = Quantile.median(values);
        return median.isEmpty() ? median : Quantile.median(deviations(values, median.getAsDouble()));
    }

    /** Standard deviation of a sample (divisor n - 1). Empty for fewer than two values. */
    public static OptionalDouble standardDeviation(double[] values) {
        return values.length < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(StandardDeviation.of(values).getAsDouble());
    }

    /** Standard deviation / mean. Empty for fewer than two values and where the mean is 0. */
    public static OptionalDouble coefficientOfVariation(double[] values) {
        OptionalDouble deviation = standardDeviation(values);
        if (deviation.isEmpty()) {
            return deviation;
        }
        double mean = Mean.of(values).getAsDouble();
        return mean == 0 ? OptionalDouble.empty() : OptionalDouble.of(deviation.getAsDouble() / Math.abs(mean));
    }

    static double[] deviations(double[] values, double centre) {
        return Arrays.stream(values).map(v -> Math.abs(v - centre)).toArray();
    }
}
