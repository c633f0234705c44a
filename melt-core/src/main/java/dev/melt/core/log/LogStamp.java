package dev.melt.core.log;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a log line was written, as the line says it. */
public record LogStamp(String text) {
    /** A date without a year and a time, or seconds. */
    static final String FORM =
            "(?:\\d{4}-)?\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3,9}(?: [+-]\\d{4})?|\\d{1,11}\\.\\d{3,9}";

    private static final Pattern DATE =
            Pattern.compile("(?:(\\d{4})-)?(\\d\\d)-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)(\\.\\d{3,9})(?: [+-]\\d{4})?");

    /** Logs name no year; a leap year has every day. */
    private static final int SOME_YEAR = 2000;

    public LogStamp {
        requireNonNull(text, "text");
    }

    /** Whether it counts seconds, since 1970 or since the device started. */
    public boolean isSeconds() {
        return !text.contains(":");
    }

    /** Seconds on a clock of which only differences mean anything, unless {@link #isSeconds}. */
    public OptionalDouble seconds() {
        if (isSeconds()) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return OptionalDouble.empty();
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    date.group(1) == null ? SOME_YEAR : Integer.parseInt(date.group(1)),
                    Integer.parseInt(date.group(2)),
                    Integer.parseInt(date.group(3)),
                    Integer.parseInt(date.group(4)),
                    Integer.parseInt(date.group(5)),
                    Integer.parseInt(date.group(6)));
            return OptionalDouble.of(time.toEpochSecond(ZoneOffset.UTC) + Double.parseDouble("0" + date.group(7)));
        } catch (DateTimeException noSuchDay) {
            return OptionalDouble.empty();
        }
    }
}
