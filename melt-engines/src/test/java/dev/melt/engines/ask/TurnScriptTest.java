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

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/usr/bin/mksh", "/bin/bash", "/usr/bin/busybox sh"})
    void leavesThreeFilesOfEachTurn(String shell) throws Exception {
        Invocation twice = new TurnScript()
                .inputs("prompt", List.of("one", "two"))
                .stdin("prompt.$turn")
                .arguments(List.of("cat"))
                .turn("\"$@\"; echo warning >&2");
        assertThat(run(shell, twice)).isZero();
        assertThat(folder.resolve("out.1")).hasContent("two");
        assertThat(folder.resolve("err.0")).hasContent("warning");
        assertThat(folder.resolve("rc.1")).hasContent("0");
        if (Files.isReadable(Path.of("/proc/uptime"))) {
            assertThat(folder.resolve("span.1")).content().matches("[0-9]+0000000 [0-9]+0000000\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/usr/bin/mksh", "/bin/bash", "/usr/bin/busybox sh"})
    void stopsAtTheFirstFailureWithItsCode(String shell) throws Exception {
        Invocation failing = new TurnScript().processes(3).turn("test \"$turn\" -lt 1 || exit 7");
        assertThat(run(shell, failing)).isEqualTo(7);
        assertThat(folder.resolve("rc.1")).hasContent("7");
        assertThat(folder.resolve("out.2")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/dash", "/usr/bin/mksh", "/bin/bash", "/usr/bin/busybox sh"})
    void handsArgumentsOverAsTheyAre(String shell) throws Exception {
        List<String> words = List.of("printf", "<%s>", "a b", "it's", "$(x)", "");
        assertThat(run(shell, new TurnScript().processes(1).arguments(words).turn("\"$@\"")))
                .isZero();
        assertThat(folder.resolve("out.0")).hasContent("<a b><it's><$(x)><>");
    }

    private int run(String shell, Invocation invocation) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(shell.split(" ")));
        assumeTrue(Files.isExecutable(Path.of(words.get(0))), shell);
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
