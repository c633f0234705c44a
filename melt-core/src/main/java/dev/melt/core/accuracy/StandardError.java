package dev.melt.core.accuracy;

import java.util.List;
import java.util.OptionalDouble;

/** Mean and standard error as lm-evaluation-harness computes them. */
final class StandardError {
    private StandardError() {}

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(v -> v).sum() / values.size();
    }

    /** Standard deviation of the sample over the root of its size; of one value there is none. */
    static OptionalDouble of(List<Double> values) {
        if (values.size() < 2) {
            return OptionalDouble.empty();
        }
        double mean = mean(values);
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return OptionalDouble.of(Math.sqrt(squares / (values.size() - 1) / values.size()));
    }

    /** Of the mean over groups that are weighted by their size, their variances pooled. */
    static OptionalDouble pooled(List<List<Double>> groups) {
        double variance = 0;
        int size = 0;
        for (List<Double> group : groups) {
            OptionalDouble error = of(group);
            if (error.isEmpty()) {
                return OptionalDouble.empty();
            }
            variance += (group.size() - 1) * error.getAsDouble() * error.getAsDouble() * group.size();
            size += group.size();
        }
        return OptionalDouble.of(Math.sqrt(variance / (size - groups.size()) / size));
    }

    /** Of a mean over {@code count} values whose sum and sum of squares are known. */
    static OptionalDouble ofSums(double sum, double squares, long count) {
        if (count < 2) {
            return OptionalDouble.empty();
        }
        double mean = sum / count;
        return OptionalDouble.of(Math.sqrt(Math.max(0, squares / count - mean * mean) / (count - 1)));
    }
}
