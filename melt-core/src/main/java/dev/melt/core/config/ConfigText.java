package dev.melt.core.config;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Gets the text of a configuration file: whole, of a bearable size, in UTF-8 and without control characters. */
final class ConfigText {
    /** In characters. The YAML scanner takes time with the square of a line's length; this much is a tenth of a second. */
    static final int LONGEST_LINE = 500_000;

    private ConfigText() {}

    static String of(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(
                    file.toString(),
                    "a file needed",
                    Files.exists(file) ? "something else found" : "there is none",
                    "check the path");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return of(file.toString(), in);
        } catch (IOException e) {
            throw new InvalidInputException(
                    new Problem(
                            file.toString(),
                            "a readable file needed",
                            "reading fails: " + e.getMessage(),
                            "check its permissions"),
                    e);
        }
    }

    static String of(String source, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(YamlReader.MOST_CHARACTERS + 1);
        if (bytes.length > YamlReader.MOST_CHARACTERS) {
            throw new InvalidInputException(
                    source,
                    "at most " + YamlReader.MOST_CHARACTERS + " bytes allowed",
                    "the file is larger",
                    "split it");
        }
        String text = decoded(source, bytes);
        refuseWhatNobodyTypes(source, text);
        return text;
    }

    private static String decoded(String source, byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw new InvalidInputException(
                    source + ":" + end(text), "text in UTF-8 needed", "other bytes found", "save the file as UTF-8");
        }
        return text.length() > 0 && text.charAt(0) == '\uFEFF'
                ? text.subSequence(1, text.length()).toString()
                : text.toString();
    }

    private static void refuseWhatNobodyTypes(String source, String text) {
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lineStart = c == '\n' ? i + 1 : lineStart;
            if (i - lineStart >= LONGEST_LINE) {
                throw new InvalidInputException(
                        source + ":" + end(CharBuffer.wrap(text, 0, i)),
                        "lines of at most " + LONGEST_LINE + " characters needed",
                        "a longer one found",
                        "break the line");
            }
            if (!isPrintable(c)) {
                throw new InvalidInputException(
                        source + ":" + end(CharBuffer.wrap(text, 0, i)),
                        "printable text needed",
                        String.format(Locale.ROOT, "the character U+%04X found", (int) c),
                        "delete it, or write it as an escape in double quotes");
            }
        }
    }

    private static boolean isPrintable(char c) {
        return Character.isISOControl(c) ? c == '\n' || c == '\r' || c == '\t' : c < '\uFFFE';
    }

    private static Mark end(CharSequence before) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < before.length(); i++) {
            boolean newLine = before.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return new Mark(line, column);
    }
}
