package dev.melt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.cli.Launched;
import dev.melt.testkit.DebianPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
    @Test
    void offersCommandsAndOptionsInARealShell(@TempDir Path folder) throws Exception {
        DebianPackage.require("bash");
        Path script = Files.writeString(
                folder.resolve("melt.bash"), Launched.melt("completion", "bash").out());

        assertThat(completed(script, "melt", "models", "")).contains("list", "synth", "inspect");
        assertThat(completed(script, "melt", "export", "--f")).contains("--force");
    }

    @Test
    void turnsTheCompletionSystemOfZshOnFirst() {
        assertThat(Launched.melt("completion", "zsh").out()).startsWith("autoload -Uz compinit bashcompinit");
    }

    private static String completed(Path script, String... words) throws IOException, InterruptedException {
        String line = "source '" + script + "'; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=();"
                + " _complete_melt; echo \"${COMPREPLY[*]}\"";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", line, "bash").redirectErrorStream(true);
        builder.command().addAll(java.util.List.of(words));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return out;
    }
}
