package dev.melt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadsCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path home;

    @Test
    void listsWhatShips() throws IOException {
        JsonNode list =
                JSON.readTree(Launched.at(home, "workloads", "list", "--json").out());

        assertThat(list.findValuesAsText("name")).contains("conversations-50", "smoke", "sustained-48");
    }

    @Test
    void showsAPatternTurnByTurn() throws IOException {
        JsonNode shown = JSON.readTree(
                Launched.at(home, "workloads", "show", "pp64-tg32", "--json").out());

        assertThat(shown.path("turns")).singleElement().satisfies(turn -> {
            assertThat(turn.path("prompt_tokens").asInt()).isEqualTo(64);
            assertThat(turn.path("generate").asInt()).isEqualTo(32);
        });
    }

    @Test
    void takesOverConversationsAndKnowsThemThen() throws IOException {
        Path json = Files.writeString(home.resolve("ours.json"), "[[\"Say hello.\", \"And again.\"], [\"Bye.\"]]");

        Launched imported = Launched.at(home, "workloads", "import", json.toString());
        Launched again = Launched.at(home, "workloads", "import", json.toString());

        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(imported.err()).contains("2 conversations with 3 prompts");
        assertThat(Launched.at(home, "workloads", "show", "ours").out()).contains("And again.");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err()).contains("--force");
    }

    @ParameterizedTest
    @CsvSource({"show,smok,did you mean smoke", "import,/nowhere.json,there is none", "import,/dev/null,a file needed"})
    void refusesWhatItCannotUse(String command, String argument, String finding) {
        Launched launched = Launched.at(home, "workloads", command, argument);

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err().lines()).singleElement().asString().contains(finding);
    }

    @Test
    void putsNoFileOutsideItsFolder() throws IOException {
        Path json = Files.writeString(home.resolve("ours.json"), "[[\"Say hello.\"]]");

        Launched launched = Launched.at(home, "workloads", "import", json.toString(), "--name", "../../escaped");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(home.resolve("escaped.yaml")).doesNotExist();
    }
}
