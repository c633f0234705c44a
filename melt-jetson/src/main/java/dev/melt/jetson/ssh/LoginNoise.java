package dev.melt.jetson.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What a login prints before the command that was asked for: greetings of {@code .bashrc}, words of a wrapper. Everything up to a mark
 * that MELT lets its shell write first.
 */
final class LoginNoise {
    private static final int MOST = 1 << 12;

    private final String mark;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private String window = "";
    private boolean over;

    LoginNoise(String nonce) {
        this.mark = word(nonce) + "\n";
    }

    /** Shell text before a command: writes the mark on a stream, which is {@code ""} or {@code " >&2"}. */
    static String mark(String nonce, String stream) {
        return "echo " + word(nonce) + stream + "; ";
    }

    private static String word(String nonce) {
        return "__GO:" + nonce + "__";
    }

    /** Where in a piece of the stream the command's own bytes begin; its length where they have not begun. */
    int skip(byte[] data, int length) {
        if (over) {
            return 0;
        }
        kept.write(data, 0, Math.min(length, Math.max(0, MOST - kept.size())));
        String text = window + new String(data, 0, length, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(mark);
        if (at < 0) {
            window = text.substring(Math.max(0, text.length() - mark.length() + 1));
            return length;
        }
        over = true;
        return at + mark.length() - window.length();
    }

    /** Whether the command has begun. */
    boolean isOver() {
        return over;
    }

    /** The beginning of it, for messages. */
    String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }
}
