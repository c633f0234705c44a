package dev.melt.core.accuracy;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.Exam;
import dev.melt.core.workload.Examination;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/** Reads the text whose perplexity is asked for. */
public final class TextReader {
    /** A text of MELT's own writing, to see that everything works. */
    public static final String SAMPLE = "melt-text-sample";

    private TextReader() {}

    /** A file of plain text, called after its name. */
    public static Exam read(Path file, int window, OptionalInt most) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InvalidInputException(
                    "--text " + file,
                    "a file of plain text expected",
                    Files.exists(file) ? "it is no file that can be read" : "no such file",
                    "check the path; " + SAMPLE + " ships with MELT");
        }
        try {
            return exam(name(file), Files.readString(file), window, most);
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    "--text " + file, "text in UTF-8 expected", "other bytes found", "convert it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text that ships with MELT. */
    public static Exam sample(int window, OptionalInt most) {
        try (InputStream in =
                Objects.requireNonNull(TextReader.class.getResourceAsStream("samples/" + SAMPLE + ".txt"))) {
            return exam(SAMPLE, new String(in.readAllBytes(), StandardCharsets.UTF_8), window, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exam exam(String name, String text, int window, OptionalInt most) {
        return new Exam(new Examination.Prose(name, text, window, most));
    }

    /** Such that it can stand in a metric's name. */
    private static String name(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
