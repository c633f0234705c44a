package dev.melt.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class BundleFolderTest {
    @TempDir
    Path root;

    private TestingBundles build = new TestingBundles(Path.of("."));

    @BeforeEach
    void makeABuild() throws IOException {
        build = new TestingBundles(root.resolve("build"))
                .program("bin/run", "#!/bin/sh\n")
                .file("lib/data", "x");
    }

    @Test
    void takesEveryFileThatIsThereWhenNoneIsNamed() throws IOException {
        build.file(".hidden", "").yaml("");

        Bundle bundle = build.read().bundle();

        assertThat(bundle.files()).extracting(BundleFile::name).containsExactly("bin/run", "lib/data");
        assertThat(bundle.files()).extracting(BundleFile::executable).containsExactly(true, false);
        assertThat(bundle.name()).isEqualTo("llama.cpp-b1-x86_64-linux-cpu");
    }

    @Test
    void takesTheNamedOnesWithTheBitsThatTheFileSays() throws IOException {
        build.yaml("files: [lib/data]\nexecutable: [lib/data]\n");

        assertThat(build.read().bundle().files()).singleElement().satisfies(file -> {
            assertThat(file.name()).isEqualTo("lib/data");
            assertThat(file.executable()).isTrue();
        });
    }

    @Test
    void hasAnotherHashWhenAnythingChangesThatCanChangeAFigure() throws IOException {
        String first = build.yaml("name: one\n").read().bundle().sha256();

        assertThat(build.yaml("name: two\nbuild: {commit: abc}\n")
                        .read()
                        .bundle()
                        .sha256())
                .isEqualTo(first);
        assertThat(build.yaml("environment: {A: b}\n").read().bundle().sha256()).isNotEqualTo(first);
        assertThat(build.yaml("executable: []\n").read().bundle().sha256()).isNotEqualTo(first);
        assertThat(build.yaml("").file("lib/data", "y").read().bundle().sha256())
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret", "/etc/passwd", "bin/../../secret", "./bin/run", "-rf", "bin/.x", "a b", "bin\\\\run"
            })
    void refusesNamesThatLeaveTheFolderOrAreNotPlain(String name) throws IOException {
        Files.writeString(root.resolve("secret"), "s");
        build.yaml("files:\n  - bin/run\n  - \"" + name + "\"\n");

        assertThatThrownBy(build::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("bundle.yaml:7:")
                .hasMessageContaining("a plain name within the folder expected");
    }

    @Test
    void followsALinkInsideTheFolderAndNoneThatLeadsOut() throws IOException {
        Path bin = build.folder().resolve("bin");
        Files.createSymbolicLink(bin.resolve("again"), Path.of("run"));
        build.yaml("");
        assertThat(build.read().bundle().files()).extracting(BundleFile::name).contains("bin/again");

        Files.writeString(root.resolve("secret"), "s");
        Files.createSymbolicLink(bin.resolve("out"), Path.of("../../secret"));
        assertThatThrownBy(build::read).hasMessageContaining("a link that leads out of it");
    }

    @Test
    void refusesLinksToFoldersAndToNothing() throws IOException {
        build.yaml("");
        Path link = build.folder().resolve("loop");
        Files.createSymbolicLink(link, Path.of("."));
        assertThatThrownBy(build::read).hasMessageContaining("a folder or something else");
        Files.delete(link);

        Files.createSymbolicLink(link, Path.of("nowhere"));
        assertThatThrownBy(build::read).hasMessageContaining("a link to nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "files: [none]|bundle.yaml:5:9 files[0]",
                "files: []|bundle.yaml:5:8 files",
                "executable: [bin/none]|bundle.yaml:5:14 executable[0]",
                "abi: amiga|bundle.yaml:5:",
                "environment: {'A B': c}|bundle.yaml:5:",
                "environment: {A: 3}|bundle.yaml:5:18 environment.A",
                "colour: red|bundle.yaml:5:",
                "build: [x]|bundle.yaml:5:8 build"
            })
    void tellsAFaultWithItsLine(String line, String place) throws IOException {
        build.yaml(line + "\n");

        assertThatThrownBy(build::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(place);
    }

    @Test
    void refusesAVersionThatYamlTakesForANumber() throws IOException {
        build.file(BundleDeclaration.FILE, "engine: llama.cpp\nversion: 4748\nabi: x86_64-linux\nbackend: cpu\n");

        assertThatThrownBy(build::read).hasMessageContaining("bundle.yaml:2:10 version");
    }
}
