package dev.melt.core.parse;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a source printed, in lines without their ends. Old shells end lines with several carriage returns, and a Windows
 * console saves UTF-16: both are taken as what was meant.
 *
 * @param lines those that are text; one with control characters or broken UTF-8 in it is damaged and left out
 * @param damaged how many were left out
 * @param ended whether the last line has its end; a number in one that has not may lack digits
 */
public record SourceText(List<String> lines, long damaged, boolean ended) {
    /** In bytes. */
    private static final int LARGEST = 64 << 20;

    private static final int SHOWN = 60;

    /** What stands for bytes that are no UTF-8. */
    private static final char REPLACED = '\uFFFD';

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    public SourceText {
        lines = List.copyOf(lines);
    }

    /** A text in memory. */
    public static SourceText of(String text) {
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        List<String> lines = new ArrayList<>(Arrays.asList(plain.split("\n", -1)));
        boolean ended = lines.get(lines.size() - 1).isEmpty();
        if (ended) {
            lines.remove(lines.size() - 1);
        }
        List<String> sound = lines.stream()
                .map(SourceText::withoutReturns)
                .filter(SourceText::isSound)
                .toList();
        return new SourceText(sound, lines.size() - sound.size(), ended);
    }

    private static boolean isSound(String line) {
        return line.chars().noneMatch(c -> c == REPLACED || (Character.isISOControl(c) && c != '\t'));
    }

    private static String withoutReturns(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\r') {
            end--;
        }
        return line.substring(0, end);
    }

    /**
     * A file's text.
     *
     * @throws UnknownOutputException for a folder, and for more than anybody saves of one source
     */
    static SourceText ofFile(Path file) throws UnknownOutputException {
        if (Files.isDirectory(file)) {
            throw new UnknownOutputException("the text of one source expected, a folder found");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new UnknownOutputException(
                        "at most " + (LARGEST >> 20) + " MiB expected, " + Files.size(file) + " bytes found");
            }
            return of(new String(bytes, charset(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Charset charset(byte[] bytes) {
        boolean marked = bytes.length >= 2 && (bytes[0] ^ bytes[1]) == 1 && (bytes[0] & bytes[1] & 0xff) == 0xfe;
        return marked ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    /** The lines after the first that is as asked for; empty where none is. */
    public List<String> after(Predicate<String> start) {
        for (int i = 0; i < lines.size(); i++) {
            if (start.test(lines.get(i))) {
                return lines.subList(i + 1, lines.size());
            }
        }
        return List.of();
    }

    public boolean has(Predicate<String> line) {
        return lines.stream().anyMatch(line);
    }

    /** Whether this is the last line of a text that breaks off in it. */
    public boolean cutIn(int line) {
        return !ended && line == lines.size() - 1;
    }

    /** For what is something else. */
    public UnknownOutputException unlike(String expected) {
        return new UnknownOutputException(expected + " expected, " + beginning() + " found");
    }

    /** For what begins well and breaks off. */
    public UnknownOutputException cutOff(String expected) {
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return new UnknownOutputException(expected + " expected, it breaks off after '" + shown(last) + "'");
    }

    private String beginning() {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> "'" + shown(line) + "'")
                .orElse("nothing");
    }

    private static String shown(String line) {
        String plain = PlainText.oneLine(line.strip());
        return plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "...";
    }
}
