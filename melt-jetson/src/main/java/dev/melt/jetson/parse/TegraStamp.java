package dev.melt.jetson.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.log.LogStamp;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time before a line of tegrastats: its own date, or seconds or a date that a logger put there.
 *
 * @param text as printed
 */
public record TegraStamp(String text, LogStamp time) {
    private static final Pattern OWN = Pattern.compile("(\\d\\d)-(\\d\\d)-(\\d{4}) (\\d\\d:\\d\\d:\\d\\d)\\s*$");
    private static final Pattern LOGGER = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)(\\.\\d{3,9})?" + "(?:Z|[+-]\\d\\d:?\\d\\d)?[\\s:]*$");
    private static final Pattern SECONDS = Pattern.compile("(?:^|\\s|\\[)(\\d{1,11}\\.\\d{3,9})\\]?:?\\s");

    public TegraStamp {
        requireNonNull(text, "text");
        requireNonNull(time, "time");
    }

    /** Seconds go before a date: a logger's are finer than tegrastats' own. */
    static Optional<TegraStamp> of(String beforeLine) {
        Matcher seconds = SECONDS.matcher(beforeLine);
        if (seconds.find()) {
            return Optional.of(new TegraStamp(seconds.group(1), new LogStamp(seconds.group(1))));
        }
        Matcher own = OWN.matcher(beforeLine);
        if (own.find()) {
            String date = String.join("-", own.group(3), own.group(1), own.group(2));
            return Optional.of(new TegraStamp(own.group().strip(), new LogStamp(date + " " + own.group(4) + ".000")));
        }
        Matcher logger = LOGGER.matcher(beforeLine);
        if (logger.find()) {
            String fraction = Optional.ofNullable(logger.group(3)).orElse(".000");
            LogStamp time = new LogStamp(logger.group(1) + " " + logger.group(2) + fraction);
            return Optional.of(new TegraStamp(logger.group().strip(), time));
        }
        return Optional.empty();
    }
}
