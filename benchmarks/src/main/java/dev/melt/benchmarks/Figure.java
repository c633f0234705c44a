package dev.melt.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/**
 * One figure out of several rounds.
 *
 * @param unit of the values, or {@code ratio}
 * @param target of the median; empty for what is told for orientation
 */
@SuppressWarnings("ArrayRecordComponent") // values of a few rounds; compared by nobody
record Figure(String name, double[] values, String unit, Optional<Target> target) {
    Figure {
        if (values.length == 0) {
            throw new IllegalArgumentException(name + ": no round was measured");
        }
        values = values.clone();
        Arrays.sort(values);
    }

    static Figure of(String name, Collection<Double> values, String unit, Target target) {
        return new Figure(name, array(values), unit, Optional.of(target));
    }

    static Figure note(String name, Collection<Double> values, String unit) {
        return new Figure(name, array(values), unit, Optional.empty());
    }

    private static double[] array(Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    double median() {
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    boolean isMet() {
        return target.isEmpty() || target.get().isMetBy(median());
    }

    /** A row of a Markdown table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %.4g | %.4g | %.4g | %s | %d | %s | %s |",
                name,
                median(),
                values[0],
                values[values.length - 1],
                unit,
                values.length,
                target.map(Target::toString).orElse(""),
                target.isEmpty() ? "" : isMet() ? "pass" : "FAIL");
    }

    static String header() {
        return "| figure | median | min | max | unit | n | target | |\n|---|---|---|---|---|---|---|---|";
    }
}
