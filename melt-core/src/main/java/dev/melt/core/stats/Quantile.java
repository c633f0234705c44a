package dev.melt.core.stats;

import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;

/**
 * Quantiles of type 7 in the numbering of Hyndman and Fan (1996), the default of R and NumPy: linear interpolation at
 * {@code (n - 1) p}. Stateless.
 */
public final class Quantile {
    private static final org.apache.commons.statistics.descriptive.Quantile TYPE_7 =
            org.apache.commons.statistics.descriptive.Quantile.withDefaults()
                    .with(EstimationMethod.HF7)
                    .withCopy(true);

    private Quantile() {}

    /**
     * The p-quantile, {@code 0 <= p <= 1}, of values in any order, which stay as they are.
     *
     * @return empty for no values
     */
    public static OptionalDouble of(double[] values, double p) {
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(TYPE_7.evaluate(values, p));
    }

    public static OptionalDouble median(double[] values) {
        return of(values, 0.5);
    }
}
