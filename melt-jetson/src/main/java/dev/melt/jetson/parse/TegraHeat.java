package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One temperature on a line of tegrastats, in degrees Celsius.
 *
 * @param stated as printed, believable or not
 * @param highest since tegrastats began
 */
public record TegraHeat(String sensor, double stated, OptionalDouble highest) {
    /** A sensor that is off says -256; in a cold chamber boards are warmer than this. */
    private static final double COLDEST = -100;

    private static final double HOTTEST = 150;

    public TegraHeat {
        requireNonNull(sensor, "sensor");
        requireNonNull(highest, "highest");
    }

    /** Empty where there is nothing to believe. */
    public OptionalDouble celsius() {
        return obstacle().isEmpty() ? OptionalDouble.of(stated) : OptionalDouble.empty();
    }

    /** The same of the highest. */
    public OptionalDouble highestCelsius() {
        return highest.isPresent() && isCredible(highest.getAsDouble()) ? highest : OptionalDouble.empty();
    }

    /** Why it is no temperature. The sensor of the power management chip always says 100, on a Nano 50. */
    Optional<String> obstacle() {
        if (sensor.equals("PMIC") && (stated == 100 || stated == 50)) {
            return Optional.of("a constant in place of a sensor");
        }
        return isCredible(stated) ? Optional.empty() : Optional.of("what a sensor says that is off");
    }

    private static boolean isCredible(double celsius) {
        return celsius > COLDEST && celsius <= HOTTEST;
    }
}
