package dev.melt.core.telemetry;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Lines of a text that may be hostile: none is held that is longer than 64 Ki characters, and a cut last one is told. */
final class BoundedLines {
    private static final int LONGEST = 1 << 16;

    private final Reader reader;
    private final char[] buffer = new char[1 << 14];
    private int at;
    private int end;
    private boolean cut;
    private long dropped;

    BoundedLines(Reader reader) {
        this.reader = reader;
    }

    /** The next line that ends in a line feed and is not too long; empty at the end. */
    Optional<String> next() throws IOException {
        StringBuilder line = new StringBuilder();
        boolean tooLong = false;
        while (at < end || fill()) {
            char c = buffer[at++];
            if (c != '\n') {
                tooLong |= line.length() >= LONGEST;
                if (!tooLong) {
                    line.append(c);
                }
            } else if (tooLong) {
                dropped++;
                tooLong = false;
                line.setLength(0);
            } else {
                return Optional.of(line.toString());
            }
        }
        cut = tooLong || line.length() > 0;
        return Optional.empty();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, reader.read(buffer));
        return end > 0;
    }

    /** Whether the text ended without a line feed. */
    boolean cut() {
        return cut;
    }

    /** Lines that were too long. */
    long dropped() {
        return dropped;
    }
}
