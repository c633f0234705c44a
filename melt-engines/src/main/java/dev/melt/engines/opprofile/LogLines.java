package dev.melt.engines.opprofile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.melt.engines.text.ConsoleText;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a log as bytes, at constant memory: a log has a thousand lines a token and few of them are of interest, so
 * none is made a string before it has to be. Terminal codes are taken out; line ends are of any kind. Not thread-safe.
 */
final class LogLines {
    private static final int ROOM = 1 << 16;
    private static final int LONGEST = 32 << 20;
    private static final byte ESCAPE = 0x1b;

    private final InputStream in;
    private byte[] buffer = new byte[ROOM];
    private int begin;
    private int end;
    private boolean ended;
    private byte[] line = buffer;
    private int from;
    private int to;

    LogLines(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; false after the last. What is beyond 32 MiB of a line comes as another line. */
    boolean next() throws IOException {
        int scanned = begin;
        boolean escape = false;
        while (true) {
            for (; scanned < end; scanned++) {
                byte b = buffer[scanned];
                if (b == '\n' || b == '\r') {
                    return take(scanned, scanned + 1, escape);
                }
                escape |= b == ESCAPE;
            }
            if (ended || end - begin >= LONGEST) {
                return begin < end && take(end, end, escape);
            }
            scanned -= begin;
            fill();
            scanned += begin;
        }
    }

    private boolean take(int lineEnd, int nextBegin, boolean escape) {
        line = buffer;
        from = begin;
        to = lineEnd;
        begin = nextBegin;
        if (escape) {
            line = String.join("", ConsoleText.of(text()).lines()).getBytes(UTF_8);
            from = 0;
            to = line.length;
        }
        return true;
    }

    private void fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, end, buffer.length - end);
        ended = read < 0;
        end += Math.max(0, read);
    }

    /** Where the current line lies; valid until {@link #next}. */
    byte[] bytes() {
        return line;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    String text() {
        return new String(line, from, to - from, UTF_8);
    }

    /** Where in the current line these bytes begin, from {@code start} on; -1 when they do not. */
    int find(byte[] wanted, int start) {
        int last = to - wanted.length;
        for (int i = start; i <= last; i++) {
            if (line[i] == wanted[0] && Arrays.equals(line, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }
}
