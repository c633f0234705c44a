package dev.melt.core.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Makes ids of runs, and of what is in them: they sort by time, and can be typed. */
final class RunId {
    /** Without letters and digits that are taken for each other. */
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private static final int DRAWN = 4;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private RunId() {}

    /** {@code 20261120-1906-k7q2}. */
    static String draw(Instant now, RandomGenerator random) {
        StringBuilder id = new StringBuilder(MINUTE.format(now)).append('-');
        for (int i = 0; i < DRAWN; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** {@code 20261120-1906-k7q2-c00}. */
    static String cell(String runId, int position) {
        return String.format(Locale.ROOT, "%s-c%02d", runId, position);
    }

    /** {@code 20261120-1906-k7q2-t000}. */
    static String trial(String runId, int position) {
        return String.format(Locale.ROOT, "%s-t%03d", runId, position);
    }
}
