package dev.melt.core.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One stream of a command, up to the mark that MELT lets the shell write after it. An exit status alone proves nothing: a link
 * that broke gives 0 over adb, and processes that keep a stream open hold it back. Without the mark there is no answer.
 */
public final class ShellAnswer {
    /** What is kept of a stream; what comes after it is read and forgotten. */
    private static final int MOST = 16 << 20;

    private static final int LONGEST_MARK = 80;

    private final Pattern mark;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private String window = "";
    private long before;
    private int end;
    private OptionalInt exitCode = OptionalInt.empty();

    /** Waits for the mark of one command. */
    public ShellAnswer(String nonce) {
        this.mark = Pattern.compile("__RC=([0-9]{1,3}):" + nonce + "__\r?\n");
    }

    /** The shell's words for writing the mark, the status in {@code $R}. */
    public static String mark(String nonce) {
        return "echo __RC=$R:" + nonce + "__";
    }

    /** Takes bytes; those after the mark are no more the command's. */
    public void add(byte[] data, int offset, int length) {
        if (!isComplete()) {
            take(data, offset, length);
        }
    }

    /** How many of the first bytes belong to this stream, the mark included. */
    public int addUpToMark(byte[] data, int length) {
        int windowed = window.length();
        take(data, 0, length);
        return isComplete() ? end - windowed : length;
    }

    private void take(byte[] data, int offset, int length) {
        kept.write(data, offset, Math.min(length, Math.max(0, MOST + LONGEST_MARK - kept.size())));
        String text = window + new String(data, offset, length, StandardCharsets.ISO_8859_1);
        Matcher matcher = mark.matcher(text);
        if (matcher.find()) {
            exitCode = OptionalInt.of(Integer.parseInt(matcher.group(1)));
            before += matcher.start();
            end = matcher.end();
            return;
        }
        int from = Math.max(0, text.length() - LONGEST_MARK);
        before += from;
        window = text.substring(from);
    }

    public boolean isComplete() {
        return exitCode.isPresent();
    }

    /** The command's, once the mark has come. */
    public int exitCode() {
        return exitCode.orElseThrow();
    }

    /** What the command wrote. */
    public String text() {
        byte[] bytes = kept.toByteArray();
        int length = isComplete() ? (int) Math.min(before, bytes.length) : bytes.length;
        return new String(bytes, 0, Math.min(length, MOST), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d bytes, %s", kept.size(), exitCode);
    }
}
