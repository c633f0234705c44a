package dev.melt.engines.mlc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.engines.reading.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTurnTest {
    private static final List<String> STREAM =
            Saved.fixture("mlc-llm/serve-stream.txt").lines().toList();

    @TempDir
    private Path folder;

    private static ServeTurn turn(List<String> lines) {
        ServeTurn turn = new ServeTurn(2, 1, 1_000_000_000L);
        long now = 1_200_000_000L;
        for (String line : lines) {
            turn.accept(now, line);
            now += line.isEmpty() ? 0 : 500_000_000L;
        }
        return turn;
    }

    private EventLog log(ServeTurn turn) throws IOException, dev.melt.core.event.UnknownOutputException {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(
                file, turn.lines().stream().map(Object::toString).collect(Collectors.joining("\n", "", "\n")));
        return EventLogReader.read(file);
    }

    @Test
    void stampsTheFirstAndTheLastTokenWhereEventsHoldSeveral() throws Exception {
        EventLog log = log(turn(STREAM));
        Event.Prefill prefill = Saved.events(log, Event.Prefill.class).get(0);
        assertThat(prefill.startNanos()).isEqualTo(1_100_000_000L);
        assertThat(prefill.endNanos()).isEqualTo(1_200_000_000L);
        assertThat(prefill.tokens()).isEqualTo(32);
        assertThat(prefill.cached()).isEqualTo(8);
        Event.Decode decode = Saved.events(log, Event.Decode.class).get(0);
        assertThat(decode.steps()).isEqualTo(20);
        assertThat(decode.endNanos()).isEqualTo(1_700_000_000L);
        assertThat(log.turns().get(0)).isEqualTo(new Event.Turn(2, 1, 1_000_000_000L, 1_700_000_000L, 21, 0));
        assertThat(log.answers()).containsEntry(2, "Blue, {for} one.");
    }

    @Test
    void stampsEachTokenWhereEachHasAnEventOfItsOwn() throws Exception {
        List<String> two = STREAM.stream()
                .map(line -> line.replace("\"completion_tokens\":21", "\"completion_tokens\":2"))
                .toList();
        EventLog log = log(turn(two));
        assertThat(Saved.events(log, Event.Token.class))
                .extracting(Event.Token::endNanos)
                .containsExactly(1_200_000_000L, 1_700_000_000L);
        assertThat(Saved.events(log, Event.Decode.class)).isEmpty();
    }

    @Test
    void complainsOfAnAnswerWithoutItsEnd() {
        assertThat(turn(STREAM.subList(0, 3)).complaint()).contains("the answer ends without its usage");
        assertThat(turn(List.of()).complaint()).contains("the server sent no token");
        assertThat(turn(List.of("{\"object\":\"error\",\"message\":\"too long\"}"))
                        .complaint())
                .contains("too long");
        assertThat(turn(STREAM).complaint()).isEmpty();
    }

    @Test
    void asksForTheUsageAndForWhatWasSet() {
        ServeRequest request =
                new ServeRequest("m", Settings.parse(List.of("seed=5", "temperature=0.5", "ignore_eos=true")));
        assertThat(request.completion("Hi", 16))
                .contains("\"model\":\"m\"", "\"max_tokens\":16", "\"stream\":true", "\"include_usage\":true")
                .contains("\"seed\":5", "\"temperature\":0.5", "\"ignore_eos\":true", "\"prompt\":\"Hi\"");
        assertThat(request.chat(JsonNodeFactory.instance.arrayNode(), 1)).contains("\"messages\":[]");
    }
}
