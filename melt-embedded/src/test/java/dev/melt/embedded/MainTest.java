package dev.melt.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void tellsItsVersion() {
        assertThat(run("version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("b4916", "c6af2161", "4.2.0");
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(run("help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "walk",
                "run",
                "run --request r.json",
                "run --request",
                "run --request a --events b --request c",
                "run --x y"
            })
    void refusesWhatItDoesNotKnow(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage: ");
    }

    @Test
    void refusesEventsThatCannotBeWritten(@TempDir Path folder) {
        String events = folder.resolve("none/events.jsonl").toString();
        assertThat(run("run", "--request", "r.json", "--events", events)).isEqualTo(2);
    }
}
