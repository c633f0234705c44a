package dev.melt.engines.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.melt.core.engine.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the shells of phones and of Linux; one that this machine lacks is left out. */
class TurnScriptTest {
    private static final String DASH = "/bin/dash";
    private static final String MKSH = "/usr/bin/mksh";
    private static final String BASH = "/bin/bash";
    private static final String BUSYBOX = "/usr/bin/busybox sh";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {DASH, MKSH, BASH, BUSYBOX})
    void leavesTheStreamsTheCodeAndTheTimeOfEachTurn(String shell) throws Exception {
        TurnScript script = TurnScript.endingWithAFailure()
                .file("prompt.0", "it's a prompt")
                .begin(0, "prompt.0")
                .run(List.of("cat", "-"))
                .end()
                .turn(3, List.of("sh", "-c", "echo \"$1\" >&2", "sh", "a 'quoted' $word"));
        assertThat(run(shell, script)).isZero();
        assertThat(left("out.0")).isEqualTo("it's a prompt");
        assertThat(left("err.3")).isEqualTo("a 'quoted' $word");
        assertThat(left("rc.3")).isEqualTo("0");
        if (Files.isReadable(Path.of("/proc/uptime"))) {
            assertThat(left("span.3")).matches("[0-9]+0000000 [0-9]+0000000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, MKSH, BASH, BUSYBOX})
    void theFirstFailureIsTheLastTurn(String shell) throws Exception {
        TurnScript script = TurnScript.endingWithAFailure()
                .turn(0, List.of("true"))
                .turn(1, List.of("sh", "-c", "exit 7"))
                .turn(2, List.of("echo", "never"));
        assertThat(run(shell, script)).isEqualTo(7);
        assertThat(left("rc.1")).isEqualTo("7");
        assertThat(folder.resolve("out.2")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, MKSH, BASH, BUSYBOX})
    void aRefusedTurnIsFollowedByTheNextAndACrashIsNot(String shell) throws Exception {
        TurnScript script = TurnScript.endingWithACrash()
                .turn(0, List.of("sh", "-c", "exit 7"))
                .turn(1, List.of("echo", "good"))
                .turn(2, List.of("sh", "-c", "kill -9 $$"))
                .turn(3, List.of("echo", "never"));
        assertThat(run(shell, script)).isEqualTo(137);
        assertThat(left("out.1")).isEqualTo("good");
        assertThat(folder.resolve("out.3")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, MKSH, BASH, BUSYBOX})
    void aTurnEndsWithItsFirstProcessThatFails(String shell) throws Exception {
        TurnScript script = TurnScript.endingWithACrash()
                .begin(0)
                .run(List.of("sh", "-c", "echo one; exit 3"))
                .run(List.of("echo", "two"))
                .end();
        assertThat(run(shell, script)).isEqualTo(3);
        assertThat(left("out.0")).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, MKSH, BASH, BUSYBOX})
    void handsWordsAndFilesOverAsTheyAre(String shell) throws Exception {
        TurnScript script = TurnScript.endingWithAFailure()
                .file("prompt", "$(x) 'y'\n\"z\"")
                .begin(0)
                .run(List.of("printf", "<%s>", "a b", "it's", ""), "--p=" + TurnScript.contentOf("prompt"))
                .end();
        assertThat(run(shell, script)).isZero();
        assertThat(left("out.0")).isEqualTo("<a b><it's><><--p=$(x) 'y'\n\"z\">");
    }

    @ParameterizedTest
    @ValueSource(strings = {DASH, MKSH, BASH, BUSYBOX})
    void findsTheTrialsFilesFromAnotherFolder(String shell) throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("model here"));
        Files.writeString(folder.resolve("old.json"), "old");
        TurnScript script = TurnScript.endingWithAFailure()
                .in(elsewhere.toString())
                .without("old.json")
                .begin(0)
                .run(List.of("sh", "-c", "pwd; echo more >\"$1\"", "sh", TurnScript.TRIAL + "/new.json"))
                .printed("new.json")
                .end();
        assertThat(run(shell, script)).isZero();
        assertThat(left("out.0").lines().toList())
                .containsExactly(elsewhere.toRealPath().toString(), "more");
        assertThat(folder.resolve("old.json")).doesNotExist();
    }

    private String left(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    private int run(String shell, TurnScript script) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(shell.split(" ")));
        assumeTrue(Files.isExecutable(Path.of(words.get(0))), shell);
        Invocation invocation = script.invocation(Map.of());
        words.addAll(invocation.command().subList(1, invocation.command().size()));
        for (Map.Entry<String, String> input : invocation.inputs().entrySet()) {
            Files.writeString(folder.resolve(input.getKey()), input.getValue());
        }
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("script.out").toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
