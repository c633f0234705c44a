package dev.melt.cli.command.run;

import dev.melt.core.problem.InvalidInputException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write and read them: {@code 500ms}, {@code 90s}, {@code 10min}, {@code 2h}. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(ms|s|min|m|h)?");

    private Durations() {}

    /** Reads one; a bare number is seconds. */
    static Duration parse(String option, String given) {
        Matcher matcher = FORM.matcher(given);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    option + " " + given,
                    "a time such as 500ms, 90s, 10min or 2h expected",
                    "none found",
                    "correct it");
        }
        double number = Double.parseDouble(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        double millis = switch (unit) {
            case "ms" -> number;
            case "min", "m" -> number * 60_000;
            case "h" -> number * 3_600_000;
            default -> number * 1000;
        };
        return Duration.ofMillis((long) millis);
    }

    /** For people: {@code 12.3 s}, {@code 4 min 05 s}, {@code 2 h 10 min}. */
    static String show(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
}
