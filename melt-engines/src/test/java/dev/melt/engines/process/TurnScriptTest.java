package dev.melt.engines.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnScriptTest {
    @TempDir
    private Path trial;

    private int run(TurnScript script) throws IOException, InterruptedException {
        Files.writeString(trial.resolve(TurnScript.NAME), script.text());
        Process shell = new ProcessBuilder("sh", TurnScript.NAME)
                .directory(trial.toFile())
                .redirectErrorStream(true)
                .redirectOutput(trial.resolve("shell").toFile())
                .start();
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return shell.exitValue();
    }

    private String left(String name) throws IOException {
        return Files.readString(trial.resolve(name)).strip();
    }

    @Test
    void keepsStreamsAndExitCodeOfEachTurn() throws IOException, InterruptedException {
        Files.writeString(trial.resolve("prompt.0.txt"), "it's a prompt");
        TurnScript script = new TurnScript()
                .run(0, List.of("cat", "-"), "prompt.0.txt")
                .run(1, List.of("sh", "-c", "echo \"$1\" >&2", "sh", "a 'quoted' $word"));
        assertThat(run(script)).isZero();
        assertThat(left("out.0")).isEqualTo("it's a prompt");
        assertThat(left("err.1")).isEqualTo("a 'quoted' $word");
        assertThat(left("rc.1")).isEqualTo("0");
    }

    @Test
    void endsWithTheFirstTurnThatFails() throws IOException, InterruptedException {
        TurnScript script =
                new TurnScript().run(0, List.of("sh", "-c", "exit 3")).run(1, List.of("echo", "never"));
        assertThat(run(script)).isEqualTo(3);
        assertThat(left("rc.0")).isEqualTo("3");
        assertThat(trial.resolve("out.1")).doesNotExist();
    }

    @Test
    void findsTheTrialsFilesFromAnotherFolder() throws IOException, InterruptedException {
        Path elsewhere = Files.createDirectory(trial.resolve("model here"));
        Files.writeString(trial.resolve("old.json"), "old");
        TurnScript script = new TurnScript()
                .in(elsewhere.toString())
                .without("old.json")
                .run(0, List.of("sh", "-c", "pwd; echo \"$1\"", "sh", TurnScript.TRIAL + "/x"));
        assertThat(run(script)).isZero();
        assertThat(left("out.0").lines().toList())
                .containsExactly(elsewhere.toRealPath().toString(), trial.toRealPath() + "/x");
        assertThat(trial.resolve("old.json")).doesNotExist();
    }
}
