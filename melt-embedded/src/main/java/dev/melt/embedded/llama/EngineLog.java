package dev.melt.embedded.llama;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * llama.cpp's log: passed on as it comes, and kept while a model is loaded.
 *
 * <p>Some facts are told nowhere else: buffer sizes, the settings that took effect, and why a load failed.
 */
public final class EngineLog implements Callbacks.Log {
    private static final int KEPT_LINES = 4000;
    private static final int LEVEL_ERROR = 4;
    private static final double MEBIBYTE = 1024 * 1024;

    private final OutputStream out;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder errors = new StringBuilder();

    /** @param out where the log is passed on to; not closed here */
    EngineLog(OutputStream out) {
        this.out = out;
    }

    @Override
    public void invoke(int level, long text, long userData) {
        byte[] bytes = new Pointer(text).getByteArray(0, length(text));
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keep(level, new String(bytes, StandardCharsets.UTF_8));
    }

    private static int length(long text) {
        return (int) new Pointer(text).indexOf(0, (byte) 0);
    }

    private void keep(int level, String text) {
        if (level == LEVEL_ERROR && errors.length() < 2000) {
            errors.append(text);
        }
        line.append(text);
        if (text.endsWith("\n")) {
            if (lines.size() < KEPT_LINES) {
                lines.add(line.toString().strip());
            }
            line.setLength(0);
        }
    }

    /** The first line that matches. */
    Optional<Matcher> find(Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find).findFirst();
    }

    boolean says(String text) {
        return lines.stream().anyMatch(kept -> kept.contains(text));
    }

    /** Sum of what the lines of the form {@code ... = 12.34 MiB} after {@code label} say, in bytes. */
    public OptionalLong bytes(String label) {
        Pattern size = Pattern.compile(Pattern.quote(label) + "\\s*=\\s*([0-9.]+) MiB");
        double[] found = lines.stream()
                .map(size::matcher)
                .filter(Matcher::find)
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .toArray();
        double sum = 0;
        for (double mebibytes : found) {
            sum += mebibytes;
        }
        return found.length == 0 ? OptionalLong.empty() : OptionalLong.of(Math.round(sum * MEBIBYTE));
    }

    /** What the log said at level error, on one line. */
    String errors() {
        return errors.toString().strip().replaceAll("\\s*\\n\\s*", "; ");
    }
}
