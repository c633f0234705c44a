package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that shows what MELT says to bad input; its rows are what the tests saw. */
final class BadInputPage {
    private static final Path FILE =
            Path.of(System.getProperty("melt.repo", "..")).resolve("docs/reference/bad-input.md");
    private static final String HEAD = """
            # Bad input

            What cannot be used is refused before anything is made, opened or started, with exit code 2 and one line:
            subject, what was expected, what was found, what to do. The tests of the command line write and check this table;
            `HOME` stands for MELT's home and `DIR` for a folder.

            | situation | command | message |
            |---|---|---|
            """;

    private final Map<String, String> rows = new TreeMap<>();

    /** Compares the row of a situation with what happened, or takes it over when the page is written. */
    void check(String situation, String[] arguments, Launched launched, Path folder) throws IOException {
        String row = "| " + situation + " | `melt " + cell(String.join(" ", arguments), folder) + "` | `"
                + cell(launched.err().strip(), folder) + "` |";
        rows.put(situation, row);
        if ("write".equals(System.getProperty("melt.golden"))) {
            Files.writeString(FILE, HEAD + rows.values().stream().collect(Collectors.joining("\n", "", "\n")));
        }
        assertThat(FILE).content().as("the page").contains(row + "\n");
    }

    private static String cell(String text, Path folder) {
        return text.replace(folder.resolve("home").toString(), "HOME")
                .replace(folder.toString(), "DIR")
                .replace("|", "\\|")
                .replaceAll("pid [0-9]+", "pid 4711");
    }
}
