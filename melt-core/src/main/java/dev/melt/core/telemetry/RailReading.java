package dev.melt.core.telemetry;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a power meter says of one rail, behind the name of its channel.
 *
 * @param millis the meter's own time of the reading, where it gives one
 * @param raw energy since the device was switched on
 */
record RailReading(OptionalLong millis, double raw) {
    private static final Pattern FORM = Pattern.compile("(?:T=([0-9]{1,12})\\)\\[)?[^\\[\\]]*\\],\\s*([0-9]{1,18})");

    /** What a meter may take from its reading to the line; a time that is older is of another clock. */
    private static final long LONGEST_DELAY_NANOS = 60_000_000_000L;

    /** What the clock of the stamps may be behind the meter's. */
    private static final long SLACK_NANOS = 20_000_000;

    /** Reads {@code T=8000)[RAIL], 123}, or {@code RAIL], 123} of a meter that gives no time. */
    static RailReading parse(String cell) {
        Matcher matcher = FORM.matcher(cell);
        if (!matcher.matches()) {
            throw new NumberFormatException("not the energy of a rail");
        }
        OptionalLong millis =
                matcher.group(1) == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(matcher.group(1)));
        return new RailReading(millis, Long.parseLong(matcher.group(2)));
    }

    /** When it was taken: by the meter's own time where that lies shortly before the tick, else at the tick. */
    long atNanos(long tickNanos) {
        if (millis.isEmpty()) {
            return tickNanos;
        }
        long own = millis.getAsLong() * 1_000_000;
        return own <= tickNanos + SLACK_NANOS && own > tickNanos - LONGEST_DELAY_NANOS ? own : tickNanos;
    }
}
