package dev.melt.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.binary.TestingElf;
import dev.melt.core.engine.Abi;
import dev.melt.core.engine.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class VersionProbeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 4748 (c392e5094)|b4748",
                "engine version 1.2.3|1.2.3",
                "Version: v0.10.2-rc1|0.10.2-rc1",
                "version: 0 (unknown)|",
                "usage: tool [options]|",
                "conversion 12|"
            })
    void readsAVersionWhereThereIsOne(String output, String version) {
        assertThat(VersionProbe.version(output).orElse(null)).isEqualTo(version);
    }

    @Test
    void asksAProgramThatRunsHere() throws IOException, InterruptedException {
        assertThat(VersionProbe.USUAL.ask(bundle(Abi.ANY, "echo \"version: 77 (abcdef0)\" >&2")))
                .contains(new VersionProbe.Answer("llama-cli", "b77"));
    }

    @Test
    void neverStartsAProgramForAnotherDevice() throws IOException, InterruptedException {
        Path trace = folder.resolve("trace");

        assertThat(VersionProbe.USUAL.ask(bundle(Abi.ARM64_IOS, "touch " + trace + "; echo version: 1")))
                .isEmpty();

        assertThat(trace).doesNotExist();
    }

    @Test
    void givesUpOnAProgramThatDoesNotEnd() throws IOException, InterruptedException {
        assertThat(new VersionProbe(Duration.ofMillis(200)).ask(bundle(Abi.ANY, "exec sleep 60")))
                .isEmpty();
    }

    private Bundle bundle(Abi abi, String script) throws IOException {
        Path build = folder.resolve("build");
        return new TestingBundles(build)
                .program("llama-cli", "#!/bin/sh\n" + script + "\n")
                .file(BundleDeclaration.FILE, "engine: llama.cpp\nversion: b1\nabi: " + abi.word() + "\nbackend: cpu\n")
                .read()
                .bundle();
    }

    @Test
    void guessesAndWritesAYamlThatCanBeReadAgain() throws IOException, InterruptedException {
        Path build = folder.resolve("guessed");
        TestingBundles made = new TestingBundles(build).program("bin/llama-bench", "#!/bin/sh\n");
        TestingElf.library(TestingElf.AARCH64, "libggml-cuda.so").write(build.resolve("lib/libggml-cuda.so"));

        BundleGuess guess = BundleGuess.of(build);
        Files.writeString(
                build.resolve(BundleDeclaration.FILE),
                guess.with(Optional.empty(), Optional.of("b5"), Optional.empty(), Optional.empty())
                        .yaml());

        assertThat(guess.unknown()).isEqualTo("version");
        Bundle bundle = made.read().bundle();
        assertThat(bundle.engine()).isEqualTo("llama.cpp");
        assertThat(bundle.abi()).isEqualTo("aarch64-linux");
        assertThat(bundle.backend()).isEqualTo("gpu");
        assertThat(bundle.environment()).containsEntry("LD_LIBRARY_PATH", "{bundle}/lib");
        assertThat(bundle.tool("llama-bench")).isPresent();
    }
}
