package dev.melt.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.core.model.Model;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestFileTest {
    private static final Bundle BUNDLE =
            new Bundle("embedded", "embedded", "b4916", "jvm", "cpu", "0".repeat(64), List.of(), Map.of(), Map.of());

    private static final Model MODEL =
            new Model("m", Path.of("/m.gguf"), "llama", 1, "Q4_0", 1, Optional.of("00"), Optional.empty());
    private static final Conversation CHAT = new Conversation(
            7, true, List.of(new Request.Text("one", 4), new Request.Text("two", 4), new Request.Text("three", 4)));
    private static final Conversation GRID = new Conversation(8, false, List.of(new Request.Tokens(64, 32, 16)));

    @Test
    void writesSettingsInTheTypesThatTheWorkerReads() throws IOException {
        JsonNode settings = request(Script.once(List.of(GRID)), new TreeMap<>()).path("settings");

        assertThat(settings.path("threads").isInt()).isTrue();
        assertThat(settings.path("temperature").isDouble()).isTrue();
        assertThat(settings.path("mmap").isBoolean()).isTrue();
        assertThat(settings.path("cache_type_k").isTextual()).isTrue();
    }

    @Test
    void numbersTheTurnsOfTheTrial() throws IOException {
        JsonNode conversations =
                request(Script.once(List.of(CHAT, GRID)), new TreeMap<>()).path("conversations");

        assertThat(conversations.path(0).path("turns").path(2).path("turn").asInt())
                .isEqualTo(2);
        assertThat(conversations.path(1).path("turns").path(0))
                .isEqualTo(json("{\"turn\":3,\"prompt_tokens\":64,\"depth\":16,\"generate\":32}"));
    }

    @Test
    void handsFinishedTurnsOfAConversationOverAsItsHistory() throws IOException {
        SortedMap<Integer, List<Integer>> finished = new TreeMap<>();
        finished.put(0, List.of(5, 6));

        JsonNode chat = request(Script.once(List.of(CHAT)), finished)
                .path("conversations")
                .path(0);

        assertThat(chat.path("restore")).isEqualTo(json("[{\"prompt\":\"one\",\"ids\":[5,6]}]"));
        assertThat(chat.path("turns").path(0).path("turn").asInt()).isEqualTo(1);
    }

    @Test
    void leavesOutAConversationThatIsFinished() throws IOException {
        SortedMap<Integer, List<Integer>> finished = new TreeMap<>();
        List.of(0, 1, 2).forEach(turn -> finished.put(turn, List.of(1)));

        JsonNode conversations =
                request(Script.once(List.of(CHAT, GRID)), finished).path("conversations");

        assertThat(conversations).hasSize(1);
        assertThat(conversations.path(0).path("id").asInt()).isEqualTo(8);
    }

    @Test
    void writesRepeatedTurnsOutAndATimeAsATime() throws IOException {
        Script turns = new Script(List.of(GRID), Optional.empty(), OptionalInt.of(3));
        Script time = new Script(List.of(GRID), Optional.of(Duration.ofMillis(1500)), OptionalInt.empty());

        assertThat(request(turns, new TreeMap<>()).path("conversations")).hasSize(3);
        assertThat(request(time, new TreeMap<>()).path("repeat").path("seconds").asDouble())
                .isEqualTo(1.5);
    }

    private static JsonNode request(Script script, SortedMap<Integer, List<Integer>> finished) throws IOException {
        Settings settings = Settings.parse(List.of("threads=2", "temperature=0.7", "mmap=true", "cache_type_k=q8_0"));
        return json(new RequestFile(new EngineJob(MODEL, BUNDLE, settings, script, false, finished)).json("/m.gguf"));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
