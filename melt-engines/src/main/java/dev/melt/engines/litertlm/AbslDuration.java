package dev.melt.engines.litertlm;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Abseil prints them: {@code 819.9514ms}, {@code 8.7s}, {@code 1m2.5s}. */
final class AbslDuration {
    /** One group that holds a duration, to be built into larger patterns. */
    static final String PATTERN = "((?:[0-9]+(?:[.,][0-9]+)?(?:ns|us|\u00B5s|\u03BCs|ms|s|m|h))+)";

    private static final Pattern PART =
            Pattern.compile("([0-9]{1,15}(?:[.,][0-9]{1,15})?)(ns|us|\u00B5s|\u03BCs|ms|s|m|h)");

    private AbslDuration() {}

    /** Seconds; empty for 0, which means that nothing was measured. */
    static OptionalDouble seconds(String printed) {
        Matcher part = PART.matcher(printed);
        double seconds = 0;
        while (part.find()) {
            seconds += Double.parseDouble(part.group(1).replace(',', '.')) * unit(part.group(2));
        }
        return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "h" -> 3600;
            case "m" -> 60;
            case "s" -> 1;
            case "ms" -> 1e-3;
            case "ns" -> 1e-9;
            default -> 1e-6;
        };
    }
}
