package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * What one thermal zone of the kernel says.
 *
 * @param zone its number; types repeat, numbers do not
 * @param type what the driver calls the sensor
 * @param raw in thousandths, tenths or whole degrees, as the driver likes, on one and the same phone
 */
public record ZoneReading(int zone, String type, long raw) {
    /** Readings outside are those of a sensor that is off, or of one that is none. */
    private static final double COLDEST = -30;

    private static final double HOTTEST = 150;

    /** Zones of Qualcomm's chips that watch the battery's voltage, current and charge (BCL) and are no thermometers. */
    private static final Pattern NO_TEMPERATURE = Pattern.compile("(?i)(?:.*[-_])?(?:vbat|ibat|bcl)(?:[-_].*)?|soc");

    public ZoneReading {
        requireNonNull(type, "type");
    }

    /** From raw to degrees Celsius. */
    public double factor() {
        return Math.abs(raw) >= 1000 ? 1e-3 : type.startsWith("tsens") ? 0.1 : 1;
    }

    /** Degrees Celsius as written, believable or not. */
    public double stated() {
        return Math.abs(raw) >= 1000 ? raw / 1000.0 : type.startsWith("tsens") ? raw / 10.0 : raw;
    }

    /** Degrees Celsius; empty where no sensor can have meant it. */
    public OptionalDouble celsius() {
        return isCredible(stated()) && !NO_TEMPERATURE.matcher(type).matches()
                ? OptionalDouble.of(stated())
                : OptionalDouble.empty();
    }

    /** Whether a temperature is one: 0, -40 and 127 are what sensors say that are not there. */
    public static boolean isCredible(double celsius) {
        boolean off = celsius == -40 || celsius == 127 || celsius == 0;
        return !off && celsius >= COLDEST && celsius <= HOTTEST;
    }
}
