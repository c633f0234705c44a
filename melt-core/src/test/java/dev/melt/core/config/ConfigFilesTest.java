package dev.melt.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFilesTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    Path home;

    @AfterEach
    void putTheLocaleBack() {
        Locale.setDefault(before);
    }

    private Path write(String name, String text) throws IOException {
        Path file = home.resolve("workloads").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ConfigFiles configs() {
        return new ConfigFiles(List.of(home));
    }

    @Test
    void findsWhatShipsWhenTheUserHasNothing() {
        assertThat(configs().names(ConfigKind.WORKLOADS))
                .contains("smoke", "chat-6")
                .doesNotContain("schema");
        assertThat(configs().read(ConfigKind.WORKLOADS, "smoke").source()).isEqualTo("built-in workloads/smoke.yaml");
    }

    @Test
    void prefersTheFileOfTheUser() throws IOException {
        Path file = write("smoke.yaml", "kind: prompts\nprompts: [Hello]\n");

        assertThat(configs().read(ConfigKind.WORKLOADS, "smoke").source()).isEqualTo(file.toString());
    }

    @Test
    void prefersTheNamedFolderToTheHomeAndTheHomeToTheWorkingDirectory() throws IOException {
        Path working = home.resolve("working");
        for (Path folder : List.of(home.resolve("configs"), working.resolve("configs"))) {
            Files.createDirectories(folder.resolve("workloads"));
            Files.writeString(folder.resolve("workloads/mine.yaml"), "kind: grid\npoints: [pp1]\n");
        }
        write("mine.yaml", "kind: grid\npoints: [pp2]\n");

        assertThat(source(ConfigFiles.inUsualPlaces(Optional.of(home), home, working)))
                .isEqualTo(home.resolve("workloads/mine.yaml").toString());
        assertThat(source(ConfigFiles.inUsualPlaces(Optional.empty(), home, working)))
                .isEqualTo(home.resolve("configs/workloads/mine.yaml").toString());
        assertThat(source(ConfigFiles.inUsualPlaces(Optional.empty(), home.resolve("none"), working)))
                .isEqualTo(working.resolve("configs/workloads/mine.yaml").toString());
    }

    private static String source(ConfigFiles configs) {
        return configs.read(ConfigKind.WORKLOADS, "mine").source();
    }

    @Test
    void refusesANamedFolderThatIsNotThere() {
        assertThatThrownBy(() -> ConfigFiles.inUsualPlaces(Optional.of(home.resolve("x")), home, home))
                .hasMessageContaining("a folder of configurations needed, there is none");
    }

    @Test
    void offersTheNearestNames() {
        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "smok"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("workload 'smok': a known name needed, there is none such; did you mean smoke?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../workloads/smoke", "/etc/passwd", "", "a b", "schema.json", "x\u0000y"})
    void looksForNothingOutsideItsFolders(String name) {
        assertThat(configs().has(ConfigKind.WORKLOADS, name)).isFalse();
        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, name))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("a known name needed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kind: grid\\npoints: [pp64]\\npoint: x     | :3:1 point: one of the keys kind, about, points needed, 'point' found; did you mean 'points'?
                    kind: gird\\n                             | :1:7 kind: one of grid, depth-sweep, prompts, conversations, sustained needed, the text "gird" found; did you mean 'grid'?
                    about: x                                  | :1:1: the key 'kind' needed, it is missing; add it: 'kind' is which form of workload the file describes
                    kind: prompts\\nprompts:\\n  - a\\n  - 42  | :4:5 prompts[1]: text needed, 42 found; prompts[1] is a prompt, in quotes when it is a single word such as yes or 42
                    kind: prompts\\nprompts: [false]          | :2:11 prompts[0]: text needed, false found
                    kind: prompts\\nprompts:                  | prompts: a list needed, nothing found
                    kind: prompts\\ngenerate: 0\\nprompts: [a] | :2:11 generate: at least 1 needed, 0 found; generate is how many tokens
                    kind: prompts\\ngenerate: 1000001\\nprompts: [a] | :2:11 generate: at most 1000000 allowed, 1000001 found
                    kind: prompts\\ngenerate: many\\nprompts: [a] | :2:11 generate: a whole number needed, the text "many" found
                    kind: grid\\npoints: []                   | :2:9 points: at least 1 entry needed, a list of 0 found
                    kind: grid\\npoints: [pq12]               | :2:10 points[0]: text of another form needed, the text "pq12" found; points[0] is a point of a token grid
                    kind: conversations\\nconversations: [a]  | :2:17 conversations[0]: a list needed, the text "a" found
                    kind: sustained\\nover: x                 | :1:1: the key 'for' needed, it is missing
                    kind: sustained\\nover: x\\nfor: 10       | :3:6 for: text needed, 10 found
                    """)
    void tellsFileLineKeyAndRemedyOfWhatTheSchemaForbids(String text, String message) throws IOException {
        Path file = write("mine.yaml", text.replace("\\n", "\n"));

        for (String language : List.of("en-US", "tr-TR", "de-DE")) {
            Locale.setDefault(Locale.forLanguageTag(language));
            assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "mine"))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining(message);
        }
    }

    @Test
    void tellsTheFirstOfSeveralFaults() throws IOException {
        write("mine.yaml", "kind: prompts\ngenerate: 0\nprompts: [1]\nextra: 1\n");

        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "mine")).hasMessageContaining(":2:11 generate");
    }

    @Test
    void tellsTheLineOfBytesThatAreNotUtf8() throws IOException {
        Path file = write("mine.yaml", "");
        Files.write(file, new byte[] {'a', ':', '\n', ' ', (byte) 0xC3, '('});

        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "mine"))
                .hasMessageContaining("mine.yaml:2:2: text in UTF-8 needed");
    }

    @Test
    void tellsTheLineOfAControlCharacter() throws IOException {
        write("mine.yaml", "a: 1\nb: \u001B[31m\n");

        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "mine"))
                .hasMessageContaining("mine.yaml:2:4: printable text needed, the character U+001B found");
    }

    @Test
    void readsAFileOfTheLargestSizeAndRefusesALargerOne() throws IOException {
        String begin = "kind: prompts\nprompts: [a]\n";
        String remarks = ("#" + "x".repeat(998) + "\n").repeat(YamlReader.MOST_CHARACTERS / 1000 + 1);
        write("fits.yaml", (begin + remarks).substring(0, YamlReader.MOST_CHARACTERS));
        write("large.yaml", (begin + remarks).substring(0, YamlReader.MOST_CHARACTERS + 1));

        assertThat(configs().read(ConfigKind.WORKLOADS, "fits").name()).isEqualTo("fits");
        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "large"))
                .hasMessageContaining("at most 8388608 bytes allowed, the file is larger");
    }

    @Test
    void readsALineOfTheGreatestLengthAndRefusesALongerOne() throws IOException {
        write("fits.yaml", "kind: grid\npoints: [pp1]\n#" + "x".repeat(ConfigText.LONGEST_LINE - 1));
        write("long.yaml", "kind: grid\npoints: [pp1]\n#" + "x".repeat(ConfigText.LONGEST_LINE));

        assertThat(configs().read(ConfigKind.WORKLOADS, "fits").name()).isEqualTo("fits");
        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "long"))
                .hasMessageContaining("long.yaml:3:500001: lines of at most 500000 characters needed");
    }

    @Test
    void acceptsAByteOrderMarkAndWindowsLineEnds() throws IOException {
        write("mine.yaml", "\uFEFFkind: grid\r\npoints: [pp1]\r\n");

        assertThat(configs()
                        .read(ConfigKind.WORKLOADS, "mine")
                        .root()
                        .path("kind")
                        .asText())
                .isEqualTo("grid");
    }

    @Test
    void refusesAFolderWhereAFileBelongs() throws IOException {
        Files.createDirectories(home.resolve("workloads/dir.yaml"));

        assertThat(configs().has(ConfigKind.WORKLOADS, "dir")).isFalse();
        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, home.resolve("workloads/dir.yaml")))
                .hasMessageContaining("a file needed, something else found");
    }

    @ParameterizedTest
    @EnumSource(ConfigKind.class)
    void everyShippedFileKeepsToItsSchema(ConfigKind kind) throws IOException {
        Path shipped = Path.of(System.getProperty("melt.repo"), "configs", kind.folder());
        for (String name : configs().names(kind)) {
            ConfigDocument document = configs().read(kind, shipped.resolve(name + ".yaml"));
            assertThatCode(() -> ConfigSchema.of(kind).check(document)).doesNotThrowAnyException();
        }
    }

    @Test
    void checksAFileThatDiffersFromTheShippedOneOfItsName() throws IOException {
        write("smoke.yaml", "kind: prompts\nprompts: [5]\n");

        assertThatThrownBy(() -> configs().read(ConfigKind.WORKLOADS, "smoke"))
                .hasMessageContaining("smoke.yaml:2:11 prompts[0]: text needed, 5 found");
    }

    record Sized(String kind, List<String> points) {
        Sized {
            if (points.size() > 1) {
                throw new IllegalArgumentException("only one point, were " + points.size());
            }
        }
    }

    @Test
    void bindsARecord() throws IOException {
        write("mine.yaml", "kind: grid\npoints: [pp1]\n");

        assertThat(configs().load(ConfigKind.WORKLOADS, "mine", Sized.class))
                .isEqualTo(new Sized("grid", List.of("pp1")));
    }

    @Test
    void tellsWhereARecordRefusesItsValues() throws IOException {
        write("mine.yaml", "kind: grid\npoints: [pp1, pp2]\n");

        assertThatThrownBy(() -> configs().load(ConfigKind.WORKLOADS, "mine", Sized.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mine.yaml:1:1: a usable value needed, only one point, were 2");
    }
}
