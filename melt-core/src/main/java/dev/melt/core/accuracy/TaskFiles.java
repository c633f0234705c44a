package dev.melt.core.accuracy;

import dev.melt.core.problem.InvalidInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of data sets: {@code TASK.jsonl}, examples in {@code TASK.fewshot.jsonl}, a preamble in
 * {@code TASK.prompt.txt}, all in one folder; those of the shipped sets are inside MELT.
 */
record TaskFiles(Path folder) {
    private static final String HOW = "docs/how-to/measure-accuracy.md says where to get it";

    List<DataRow> rows(AccuracyTask task, boolean sample) {
        return read(task, sample, ".jsonl", "the items of the task");
    }

    List<DataRow> examples(AccuracyTask task, boolean sample) {
        return read(task, sample, ".fewshot.jsonl", "examples for --fewshot");
    }

    String preamble(AccuracyTask task, boolean sample) {
        String name = task.id() + ".prompt.txt";
        try (InputStream in = open(name, sample, "the text before every question")) {
            return PythonText.strip(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<DataRow> read(AccuracyTask task, boolean sample, String ending, String what) {
        String name = task.id() + ending;
        List<DataRow> rows = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(open(name, sample, what), StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    rows.add(DataRow.parse(place(name, sample) + ":" + number, line));
                }
            }
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(
                    place(name, sample), "text in UTF-8 expected", "other bytes found", "convert it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows.isEmpty()) {
            throw new InvalidInputException(
                    place(name, sample), "at least one JSON object expected", "an empty file found", HOW);
        }
        return rows;
    }

    private String place(String name, boolean sample) {
        return sample ? "MELT's sample " + name : folder.resolve(name).toString();
    }

    private InputStream open(String name, boolean sample, String what) throws IOException {
        if (sample) {
            return Optional.ofNullable(TaskFiles.class.getResourceAsStream("samples/" + name))
                    .orElseThrow(() -> new InvalidInputException(
                            place(name, true), what + " expected", "the sample has none", "leave the option out"));
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new InvalidInputException(
                    file.toString(),
                    what + " expected",
                    Files.exists(file) ? "it is no file that can be read" : "no such file",
                    HOW + "; a set of MELT's own is called melt-...-sample");
        }
        return Files.newInputStream(file);
    }
}
