package dev.melt.engines.http;

import static java.util.Objects.requireNonNull;

/**
 * A line of a streamed answer.
 *
 * @param hostNanos {@code System.nanoTime()} when its end had arrived
 */
public record StampedLine(long hostNanos, String text) {
    private static final String DATA = "data:";

    public StampedLine {
        requireNonNull(text, "text");
    }

    /** Whether it carries the data of a server-sent event. */
    public boolean isData() {
        return text.startsWith(DATA);
    }

    /** What it carries, without the field's name. */
    public String data() {
        return text.substring(DATA.length()).strip();
    }
}
