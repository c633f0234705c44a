package dev.melt.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogReaderTest {
    private static final String ENGINE =
            "{\"e\":\"engine\",\"name\":\"llama.cpp-embedded\",\"version\":\"b4916\",\"effective\":{\"threads\":2}}\n";

    @TempDir
    Path folder;

    @Test
    void readsATurnFromItsBeginningToItsEnd() throws Exception {
        EventLog log = read(ENGINE
                + "{\"e\":\"turn\",\"turn\":3,\"conversation\":1,\"start\":10,\"depth\":64}\n"
                + "{\"e\":\"prefill\",\"turn\":3,\"start\":12,\"end\":20,\"tokens\":7,\"cached\":2}\n"
                + "{\"e\":\"token\",\"turn\":3,\"i\":0,\"end\":21,\"id\":318}\n"
                + "{\"e\":\"turn_end\",\"turn\":3,\"end\":22,\"generated\":1,\"stop\":\"length\",\"text\":\"hi\"}\n"
                + "{\"e\":\"end\",\"ok\":true}\n");

        assertThat(log.turns()).containsExactly(new Event.Turn(3, 1, 10, 22, 1, 64));
        assertThat(log.events())
                .contains(new Event.Prefill(3, 12, 20, 7, 2), new Event.Token(3, 0, 21, OptionalInt.of(318)));
        assertThat(log.facts()).containsEntry("engine.version", "b4916");
        assertThat(log.effective()).containsEntry("threads", "2");
        assertThat(log.answers()).containsEntry(3, "hi");
        assertThat(log.endedWell()).contains(true);
        assertThat(log.damagedLines()).isZero();
    }

    @Test
    void readsWhenTheLogitsOfATokenWereThere() throws Exception {
        EventLog log = read(ENGINE
                + "{\"e\":\"token\",\"turn\":0,\"i\":0,\"logits\":20,\"end\":21}\n"
                + "{\"e\":\"token\",\"turn\":0,\"i\":1,\"logits\":24,\"end\":23}\n");

        assertThat(log.events()).containsExactly(new Event.Token(0, 0, 21, OptionalInt.empty(), OptionalLong.of(20)));
        assertThat(log.damagedLines()).isEqualTo(1);
    }

    @Test
    void keepsContextAndWarmUpApartFromTheLoad() throws Exception {
        assertThat(read("{\"e\":\"load\",\"start\":1,\"end\":5,\"context_start\":6,\"context_end\":8,\"warmup_end\":9,"
                                + "\"cache\":\"warm\"}\n")
                        .events())
                .containsExactly(
                        new Event.Load(1, 5, PageCache.WARM), new Event.ContextCreated(6, 8), new Event.WarmUp(8, 9));
        assertThat(read("{\"e\":\"load\",\"start\":1,\"end\":5}\n").events())
                .containsExactly(new Event.Load(1, 5, PageCache.UNKNOWN));
    }

    @Test
    void leavesOutTheLineThatAKillCutOff() throws Exception {
        EventLog log = read(
                ENGINE + "{\"e\":\"token\",\"turn\":0,\"i\":0,\"end\":21}\n{\"e\":\"token\",\"turn\":0,\"i\":1,\"en");

        assertThat(log.events()).hasSize(1);
        assertThat(log.damagedLines()).isEqualTo(1);
        assertThat(log.endedWell()).isEmpty();
    }

    @Test
    void aTurnThatWasNotFinishedIsNoTurn() throws Exception {
        EventLog log = read(ENGINE + "{\"e\":\"turn\",\"turn\":0,\"conversation\":0,\"start\":10}\n");

        assertThat(log.turns()).isEmpty();
    }

    @Test
    void countsLinesWithImpossibleValuesAsDamaged() throws Exception {
        EventLog log = read(ENGINE
                + "{\"e\":\"prefill\",\"turn\":0,\"start\":20,\"end\":12,\"tokens\":7}\n"
                + "{\"e\":\"prefill\",\"turn\":0,\"start\":1,\"end\":12,\"tokens\":-7}\n"
                + "{\"e\":\"prefill\",\"turn\":0,\"start\":1.5,\"end\":12,\"tokens\":7}\n"
                + "{\"e\":\"perf\",\"turn\":0,\"p_eval_ms\":1e999,\"n_p_eval\":1,\"eval_ms\":1,\"n_eval\":1}\n"
                + "{\"e\":\"something\"}\n"
                + "[1,2]\n"
                + "{\"e\":\"turn_end\",\"turn\":9,\"end\":22,\"generated\":1}\n");

        assertThat(log.events()).isEmpty();
        assertThat(log.damagedLines()).isEqualTo(7);
    }

    @Test
    void refusesWhatIsNotAnEventLog() {
        assertThatThrownBy(() -> read("llama_perf_context_print: eval time = 1 ms\n"))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("event lines of the agent protocol expected");
    }

    @Test
    void refusesMoreThanFitsIntoMemory() throws IOException {
        Path file = folder.resolve("events.jsonl");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(129L << 20);
        }

        assertThatThrownBy(() -> EventLogReader.read(file))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("events.jsonl: event lines of at most 128 MiB expected, 135266304 bytes found");
    }

    private EventLog read(String text) throws IOException, UnknownOutputException {
        return EventLogReader.read(Files.writeString(folder.resolve("events.jsonl"), text));
    }
}
