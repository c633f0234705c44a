package dev.melt.core.store;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Wall time as text that sorts: UTC, ISO 8601, always three decimals. */
final class Stamp {
    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Stamp() {}

    static String of(Instant instant) {
        return FORM.format(instant);
    }

    static Instant parse(String text) {
        return Instant.parse(text);
    }
}
