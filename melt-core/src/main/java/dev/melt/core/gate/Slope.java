package dev.melt.core.gate;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How fast a value changes: the slope of the straight line through its readings by least squares. Two readings alone would make a
 * slope of a sensor's last digit; a line through a minute of them does not.
 */
final class Slope {
    /** Older readings do not count: how a device cooled at first says nothing of now. */
    static final Duration WINDOW = Duration.ofSeconds(60);

    /** Below it a slope is not known. Long enough for a battery's gauge, which some devices read every ten seconds only. */
    static final Duration LEAST_SPAN = Duration.ofSeconds(15);

    private static final double NANOS_PER_MINUTE = 60e9;

    private Slope() {}

    /** A value at a time of the device's boot clock. */
    record Point(long atNanos, double value) {}

    /**
     * The slope per minute; empty while the readings span less than {@link #LEAST_SPAN}.
     *
     * @param points oldest first
     */
    static OptionalDouble perMinute(List<Point> points) {
        if (points.isEmpty()) {
            return OptionalDouble.empty();
        }
        long last = points.get(points.size() - 1).atNanos();
        List<Point> window = points.stream()
                .filter(point -> last - point.atNanos() <= WINDOW.toNanos())
                .toList();
        if (last - window.get(0).atNanos() < LEAST_SPAN.toNanos()) {
            return OptionalDouble.empty();
        }
        double meanMinutes =
                window.stream().mapToDouble(p -> minutes(p, last)).average().orElseThrow();
        double meanValue = window.stream().mapToDouble(Point::value).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (Point point : window) {
            double distance = minutes(point, last) - meanMinutes;
            products += distance * (point.value() - meanValue);
            squares += distance * distance;
        }
        return OptionalDouble.of(products / squares);
    }

    private static double minutes(Point point, long last) {
        return (point.atNanos() - last) / NANOS_PER_MINUTE;
    }
}
