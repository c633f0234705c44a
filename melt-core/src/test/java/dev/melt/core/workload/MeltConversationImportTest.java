package dev.melt.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.config.ConfigFiles;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeltConversationImportTest {
    @TempDir
    Path folder;

    private Path json;
    private Path yaml;

    @BeforeEach
    void nameTheFiles() {
        json = folder.resolve("conversations.json");
        yaml = folder.resolve("workloads/mine.yaml");
    }

    private List<List<String>> importAndRead() {
        MeltConversationImport.run(json, yaml, 64);
        ConversationSet set = (ConversationSet) new Workloads(new ConfigFiles(List.of(folder))).resolve("mine");
        assertThat(set.generate()).isEqualTo(64);
        return set.dialogues().stream().map(Dialogue::prompts).toList();
    }

    @Test
    void takesOverEachConversation() throws IOException {
        Files.writeString(json, "[[\"Hello\", \"Why?\"], [\"yes\"]]");

        assertThat(MeltConversationImport.run(json, yaml, 128))
                .isEqualTo(new MeltConversationImport.Imported(yaml.toAbsolutePath(), 2, 3));
        assertThat(importAndRead()).isEqualTo(List.of(List.of("Hello", "Why?"), List.of("yes")));
    }

    @Test
    void readsBackWhateverAPromptHolds() throws IOException {
        List<List<String>> hostile = List.of(
                List.of(
                        "- a: [b, *c] # d",
                        "null",
                        "42",
                        "'\"\\ {x}",
                        "&a !!b |",
                        "---",
                        "\u2028end\u0085\u200B\uFEFF"),
                List.of(
                        "two\nlines\r\n\ttab",
                        "  blanks  ",
                        "\u001B[31mred\u0007",
                        "naïve 日本語 😀",
                        "%YAML 1.2",
                        "\uFFFE",
                        "x".repeat(5000)));
        new ObjectMapper().writeValue(json.toFile(), hostile);

        assertThat(importAndRead()).isEqualTo(hostile);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"a": 1}            | conversations.json: an array of conversations needed, something else found
                    []                  | conversations.json: at least one conversation needed
                    [["a"], "b"]        | conversations.json[1]: an array of prompts needed, a string found
                    [["a"], []]         | conversations.json[1]: at least one prompt needed
                    [["a", 5]]          | conversations.json[0][1]: a prompt as a string needed, 5 found
                    [["a", null]]       | conversations.json[0][1]: a prompt as a string needed, null found
                    [["a", ["b"]]]      | conversations.json[0][1]: a prompt as a string needed, an array found
                    [["a", " "]]        | conversations.json[0][1]: readable text needed, only blanks found
                    [["a\\u0000"]]      | conversations.json[0][0]: readable text needed, a NUL character found
                    [["\\ud800"]]       | conversations.json[0][0]: whole characters needed
                    [["a"]] []          | conversations.json: one array needed, more found behind it
                    [["a"]              | conversations.json:1:
                    [["a",              | conversations.json:1:
                    [["a]]              | conversations.json:1:
                    """)
    void tellsThePlaceOfWhatItCannotUseAndLeavesNothingBehind(String text, String message) throws IOException {
        Files.writeString(json, text);

        assertThatThrownBy(() -> MeltConversationImport.run(json, yaml, 128))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
        try (var left = Files.list(yaml.getParent())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void keepsTheFileThatIsThereWhenTheImportFails() throws IOException {
        Files.createDirectories(yaml.getParent());
        Files.writeString(yaml, "kept");
        Files.writeString(json, "[[5]]");

        assertThatThrownBy(() -> MeltConversationImport.run(json, yaml, 128)).isInstanceOf(InvalidInputException.class);
        assertThat(yaml).hasContent("kept");
    }

    @Test
    void refusesAFileThatIsNotThereAndAFolderThatCannotBeMade() throws IOException {
        assertThatThrownBy(() -> MeltConversationImport.run(json, yaml, 128)).hasMessageContaining("there is none");

        Files.writeString(json, "[[\"a\"]]");
        assertThatThrownBy(() -> MeltConversationImport.run(json, json.resolve("x/mine.yaml"), 128))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("files that can be read and written needed");
    }

    @Test
    void refusesWhatItCouldNotReadBack() throws IOException {
        Files.writeString(json, "[[" + "\"a\",".repeat(100_000) + "\"a\"]]");

        assertThatThrownBy(() -> MeltConversationImport.run(json, yaml, 128))
                .hasMessageContaining("100000 values allowed");
        assertThat(yaml).doesNotExist();
    }
}
