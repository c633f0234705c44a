package dev.melt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of scripts: one stands in for llama.cpp's programs, and answers as those do. */
@EnabledOnOs(OS.LINUX)
class BundlesCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** As llama-quantize is called: options, input, output, type. */
    private static final String QUANTIZE = """
            #!/bin/sh
            [ "$1" = --version ] && { echo 'version: 4748 (c392e5094)'; exit 0; }
            [ "$1" = --allow-requantize ] && shift
            [ "$3" = Q4_0 ] || { echo "invalid ftype '$3'"; exit 1; }
            cp "$1" "$2"
            """;

    @TempDir
    Path folder;

    private Path home() {
        return folder.resolve("home");
    }

    private Path build() {
        return folder.resolve("build");
    }

    @BeforeEach
    void makeABuild() throws IOException {
        program("bin/llama-quantize", QUANTIZE);
    }

    private void program(String name, String text) throws IOException {
        Path file = build().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Launched melt(String... args) {
        return Launched.at(home(), args);
    }

    private JsonNode json(String... args) throws IOException {
        Launched launched = melt(args);
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return JSON.readTree(launched.out());
    }

    @Test
    void printsATemplateWhereAFolderDoesNotSayWhatItIs() {
        Launched launched = melt("bundles", "add", build().toString());

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.err())
                .contains("engine: \"llama.cpp\"", "version: \"b4748\"", "abi: \"any\"", "- \"bin/llama-quantize\"")
                .contains("bundle.yaml that says what it is expected");
        assertThat(build().resolve("bundle.yaml")).doesNotExist();
    }

    @Test
    void writesTheYamlWhenTheEngineIsNamed() throws IOException {
        JsonNode added = json("bundles", "add", build().toString(), "--engine", "llama.cpp", "--json");

        assertThat(added.path("version").asText()).isEqualTo("b4748");
        assertThat(build().resolve("bundle.yaml")).content().contains("engine: \"llama.cpp\"");
        assertThat(melt("bundles", "add", build().toString()).err()).contains("it is here already");
        assertThat(json("bundles", "list", "--json")).hasSize(1);
    }

    @Test
    void asksForWhatNobodyCanSee() throws IOException {
        program("bin/llama-quantize", "#!/bin/sh\n");

        Launched launched = melt("bundles", "add", build().toString(), "--engine", "llama.cpp");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("version cannot be seen", "--engine-version");
    }

    @Test
    void inspectsAndEndsWithOneWhenSomethingIsWrong() throws IOException {
        melt("bundles", "add", build().toString(), "--engine", "llama.cpp", "--name", "good");

        JsonNode good = json("bundles", "inspect", "good", "--json");
        assertThat(good.path("program_version").asText()).isEqualTo("b4748");
        assertThat(good.path("findings")).isEmpty();

        Files.writeString(build().resolve("bundle.yaml"), "engine: llama.cpp\nversion: b1\nabi: any\nbackend: cpu\n");
        Launched bad = melt("bundles", "inspect", build().toString());
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.out()).contains("says that its version is b4748, while bundle.yaml says b1");
        Launched refused = melt("bundles", "add", build().toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(json("bundles", "list", "--json")).hasSize(1);
    }

    @Test
    void removesByName() throws IOException {
        melt("bundles", "add", build().toString(), "--engine", "llama.cpp", "--name", "gone");

        assertThat(melt("bundles", "remove", "gome").err()).contains("did you mean gone?");
        assertThat(melt("bundles", "remove", "gone").exitCode()).isZero();
        assertThat(json("bundles", "list", "--json")).isEmpty();
    }

    @Test
    void quantizesWithABundlesProgramAndShowsTheParent() throws IOException {
        melt("bundles", "add", build().toString(), "--engine", "llama.cpp", "--name", "b");
        JsonNode made = json("models", "quantize", "tiny-f16", "q4_0", "--json");

        assertThat(made.path("name").asText()).isEqualTo("tiny-f16-q4_0");
        assertThat(made.path("parent").asText()).isEqualTo("tiny-f16");
        assertThat(made.path("parent_sha256").asText()).hasSize(64);
        assertThat(made.path("type").asText()).isEqualTo("Q4_0");
        assertThat(made.path("tool_version").asText()).isEqualTo("b4748");
        assertThat(made.path("tool_sha256").asText()).hasSize(64);
        assertThat(json("models", "inspect", "tiny-f16-q4_0", "--json")
                        .path("parent")
                        .asText())
                .isEqualTo("tiny-f16");
        assertThat(melt("models", "list").out()).contains("tiny-f16 (");
    }

    @Test
    void saysWhatTheQuantiserSaidWhenItFails() {
        melt("bundles", "add", build().toString(), "--engine", "llama.cpp", "--name", "b");

        Launched launched = melt("models", "quantize", "tiny-f16", "q4_k_m", "--name", "child");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.err()).contains("invalid ftype 'Q4_K_M'");
        assertThat(home().resolve("models/child.gguf")).doesNotExist();
    }

    @Test
    void convertsWithAProgramOfTheUsersWhoseOptionsItLeavesAlone() throws IOException {
        Path script = build().resolve("convert.sh");
        Files.writeString(script, "[ \"$1\" = --json ] && cp \"$3\" \"$2\"\n");
        melt("models", "synth", "tiny");
        String source = home().resolve("models/tiny-q4_0.gguf").toString();

        Launched made = melt(
                "models",
                "convert",
                source,
                "--name",
                "mine",
                "--with",
                "sh",
                script.toString(),
                "--json",
                "{out}",
                "{in}");

        assertThat(made.exitCode()).as(made.err()).isZero();
        JsonNode shown = json("models", "show", "mine", "--json");
        assertThat(shown.path("parent").asText()).isEqualTo("tiny-q4_0.gguf");
        assertThat(shown.path("tool_sha256").asText()).hasSize(64);
        assertThat(shown.path("command")).hasSize(5);
    }

    @Test
    void wantsBothPlacesInAConvertersCommand() {
        Launched launched = melt("models", "convert", build().toString(), "--with", "cp", "{in}", "x");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("{out} in the command expected");
    }
}
