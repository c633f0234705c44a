package dev.melt.core.gate;

import dev.melt.core.problem.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that a gate can ask of a device. The words are those of {@code gate:} in a device's profile, of {@code --gate} and of the
 * reference page; how a value is found is its {@link Reading}.
 *
 * <p>A slope is that of a straight line through the readings of the last {@link Slope#WINDOW}, by least squares, and is not known
 * before readings span {@link Slope#LEAST_SPAN}.
 */
public enum GateLimit {
    TEMPERATURE("temperature", "temperature", "degC", Side.AT_MOST, Reading.HOTTEST, "hottest site"),
    RISE("rise", "temperature rise", "degC/min", Side.AT_MOST, Reading.HOTTEST, "how fast the hottest site warms"),
    SKIN(
            "skin",
            "skin temperature",
            "degC",
            Side.AT_MOST,
            Reading.SKIN,
            "the case, by the site that the device throttles by"),
    SKIN_RISE("skinRise", "skin temperature rise", "degC/min", Side.AT_MOST, Reading.SKIN, "how fast the case warms"),
    BATTERY_TEMPERATURE(
            "batteryTemperature",
            "battery temperature",
            "degC",
            Side.AT_MOST,
            Reading.BATTERY_TEMPERATURE,
            "the battery, by its own gauge"),
    BATTERY_RISE(
            "batteryRise",
            "battery temperature rise",
            "degC/min",
            Side.AT_MOST,
            Reading.BATTERY_TEMPERATURE,
            "how fast the battery warms"),
    BATTERY("battery", "battery charge", "", Side.AT_LEAST, Reading.BATTERY_LEVEL, "state of charge, 0 to 1"),
    CHARGING(
            "charging",
            "charging",
            "",
            Side.IS,
            Reading.CHARGING,
            "0: the battery must not be charged, 1: it must be; by its current where one is known, else by its status"),
    PLUGGED(
            "plugged",
            "plugged in",
            "",
            Side.IS,
            Reading.PLUGGED,
            "0: nothing may feed the device, 1: something must; adb's own cable feeds it too"),
    MEMORY("memory", "available memory", "B", Side.AT_LEAST, Reading.MEMORY, "available memory"),
    UTILISATION("utilisation", "utilisation", "", Side.AT_MOST, Reading.UTILISATION, "busy share of all cores, 0 to 1"),
    LOAD("load", "load", "", Side.AT_MOST, Reading.LOAD, "load average of the last minute"),
    CAP(
            "cap",
            "frequency cap",
            "",
            Side.AT_LEAST,
            Reading.CAP,
            "what the clocks may reach: the lowest cap of any cluster over that cluster's maximum, 0 to 1"),
    THERMAL_STATUS(
            "thermalStatus",
            "thermal status",
            "",
            Side.AT_MOST,
            Reading.THERMAL_STATUS,
            "what the system says of its heat: 0 none, 1 light, 2 moderate, 3 severe, 4 critical, 5 emergency, 6 shutdown");

    /** On which side of the limit a value has to be. */
    public enum Side {
        AT_LEAST("at least"),
        AT_MOST("at most"),
        /** Yes or no. */
        IS("is");

        private final String words;

        Side(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final String word;
    private final String title;
    private final String unit;
    private final Side side;
    private final Reading reading;
    private final String about;

    GateLimit(String word, String title, String unit, Side side, Reading reading, String about) {
        this.word = word;
        this.title = title;
        this.unit = unit;
        this.side = side;
        this.reading = reading;
        this.about = about;
    }

    /** As a person writes it. */
    public String word() {
        return word;
    }

    /** As a person reads it. */
    public String title() {
        return title;
    }

    /** Empty for shares, counts, and yes or no. */
    public String unit() {
        return unit;
    }

    public Side side() {
        return side;
    }

    /** What it looks at, in one line. */
    public String about() {
        return about;
    }

    Reading reading() {
        return reading;
    }

    /** Whether the slope of the reading counts, and not the reading. */
    boolean isSlope() {
        return this == RISE || this == SKIN_RISE || this == BATTERY_RISE;
    }

    /** Whether a number makes sense as this limit. */
    boolean takes(double value) {
        return switch (this) {
            case CHARGING, PLUGGED -> value == 0 || value == 1;
            case BATTERY, UTILISATION, CAP -> value >= 0 && value <= 1;
            case MEMORY, LOAD, THERMAL_STATUS -> value >= 0;
            default -> Double.isFinite(value);
        };
    }

    /** Whether a value is on the right side of a limit; at the limit it is. */
    boolean holds(double value, double limit) {
        return switch (side) {
            case AT_LEAST -> value >= limit;
            case AT_MOST -> value <= limit;
            case IS -> value == limit;
        };
    }

    /** Both figures in words: {@code skin temperature 36.20 degC, at most 35.00 needed}. */
    String say(double value, double limit) {
        return side == Side.IS
                ? title + " " + yesOrNo(value) + ", " + yesOrNo(limit) + " needed"
                : String.format(Locale.ROOT, "%s %s, %s %.4g needed", title, amount(value), side.words(), limit);
    }

    private String amount(double value) {
        return String.format(Locale.ROOT, "%.4g", value) + (unit.isEmpty() ? "" : " " + unit);
    }

    private static String yesOrNo(double value) {
        return value == 0 ? "no" : "yes";
    }

    /** The limit that is written so. */
    static Optional<GateLimit> ofWord(String word) {
        return Stream.of(values()).filter(limit -> limit.word.equals(word)).findFirst();
    }

    /** Words that somebody who wrote {@code word} may have meant. */
    static List<String> nearest(String word) {
        return Nearest.of(word, Stream.of(values()).map(GateLimit::word).toList());
    }
}
