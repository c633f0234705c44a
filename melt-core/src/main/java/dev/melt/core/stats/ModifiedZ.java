package dev.melt.core.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Mean;

/**
 * The modified Z score of Iglewicz and Hoaglin (1993): {@code 0.6745 (x - median) / MAD}. Where more than half of the
 * values are equal the MAD is 0; the mean absolute deviation takes its place then, {@code (x - median) / (1.2533 ×
 * mean AD)}. A value that is far out is flagged; nothing is ever dropped for it. Stateless.
 */
public final class ModifiedZ {
    /** Beyond this a value is flagged. */
    public static final double LIMIT = 3.5;

    private static final double MAD_TO_DEVIATION = 0.6745;
    private static final double MEAN_TO_DEVIATION = 1.253314;

    private ModifiedZ() {}

    /** The score of each value; all 0 when the values are equal. */
    public static double[] of(double[] values) {
        if (values.length == 0) {
            return new double[0];
        }
        double median = Quantile.median(values).getAsDouble();
        double scale = scale(Spread.deviations(values, median));
        return Arrays.stream(values)
                .map(v -> scale == 0 ? 0 : (v - median) / scale)
                .toArray();
    }

    /** Positions of the values whose score is beyond the limit on either side. */
    public static int[] flagged(double[] values) {
        double[] scores = of(values);
        return IntStream.range(0, scores.length)
                .filter(i -> Math.abs(scores[i]) > LIMIT)
                .toArray();
    }

    private static double scale(double[] deviations) {
        double mad = Quantile.median(deviations).getAsDouble();
        return mad > 0
                ? mad / MAD_TO_DEVIATION
                : MEAN_TO_DEVIATION * Mean.of(deviations).getAsDouble();
    }
}
