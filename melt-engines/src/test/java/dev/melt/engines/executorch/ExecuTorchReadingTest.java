package dev.melt.engines.executorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.reading.Saved;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecuTorchReadingTest {
    private static final String OBSERVER = "PyTorchObserver {\"prompt_tokens\":20,\"generated_tokens\":31,"
            + "\"model_load_start_ms\":1790000000000,\"model_load_end_ms\":1790000001500,"
            + "\"inference_start_ms\":1790000002000,\"inference_end_ms\":1790000004200,"
            + "\"prompt_eval_end_ms\":1790000002200,\"first_token_ms\":1790000002200,"
            + "\"aggregate_sampling_time_ms\":12,\"SCALING_FACTOR_UNITS_PER_SECOND\":1000}";

    @TempDir
    Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return Saved.read(new ExecuTorchEngine(), folder, text);
    }

    @Test
    void countsTheFirstTokenBesideTheGeneratedOnes() throws UnknownOutputException {
        Map<String, Double> figures = Saved.figures(read("an answer" + OBSERVER + "\r\n"));
        assertThat(figures)
                .containsEntry("load_time", 1.5)
                .containsEntry("ttft@0", 0.2)
                .containsEntry("generated_tokens@0", 32.0)
                .containsEntry("decode_steps@0", 31.0)
                .containsEntry("decode_time@0", 2.0);
        assertThat(figures.get("prefill_rate@0")).isCloseTo(100.0, within(1e-9));
        assertThat(figures.get("decode_rate@0")).isCloseTo(15.5, within(1e-9));
    }

    @Test
    void keepsTheDevicesWallClock() throws UnknownOutputException {
        EventLog log = read(OBSERVER);
        assertThat(log.stamps()).isEqualTo(Stamps.WALL_CLOCK);
        assertThat(log.turns()).extracting(Event.Turn::startNanos).containsExactly(1_790_000_002_000_000_000L);
    }

    @Test
    void scalesStampsAsTheLineSays() throws UnknownOutputException {
        EventLog log =
                read(OBSERVER.replaceAll("(17900000\\d{5})", "$1000").replace("SECOND\":1000", "SECOND\":1000000"));
        assertThat(Saved.figures(log)).containsEntry("ttft@0", 0.2);
    }

    @Test
    void takesALoadOfZeroForOneThatWasNotTimed() throws UnknownOutputException {
        EventLog log = read(OBSERVER.replaceAll("(load_(?:start|end)_ms\":)\\d+", "$10"));
        assertThat(Saved.figures(log)).doesNotContainKey("load_time");
    }

    @Test
    void keepsTheRunnersOwnRatesBeside() throws UnknownOutputException {
        EventLog log = read(OBSERVER.replace("{", "{\"prefill_token_per_sec\":99.5,\"decode_token_per_sec\":15.25,"));
        assertThat(Saved.figures(log))
                .containsEntry("prefill_rate_engine@0", 99.5)
                .containsEntry("decode_rate_engine@0", 15.25);
    }

    @Test
    void takesEachLineForATurn() throws UnknownOutputException {
        assertThat(read(OBSERVER + "\n" + OBSERVER).turns()).hasSize(2);
    }

    @Test
    void readsThreadsAndResidentMemoryOfTheLogBehindItsPrefixes() throws UnknownOutputException {
        EventLog log = read("""
                11-20 10:00:00.000  1  1 I ExecuTorch: Resetting threadpool with num threads = 5
                I 00:00:01.1 executorch:runner.cpp:1] RSS after loading model: 100.500000 MiB (0 if unsupported)
                I 00:00:01.2 executorch:runner.cpp:2] RSS after prompt prefill: 0.000000 MiB (0 if unsupported)
                """ + OBSERVER);
        assertThat(log.effective()).containsEntry("threads", "5");
        assertThat(log.facts())
                .containsEntry("memory.rss_loaded_bytes", "105381888")
                .doesNotContainKey("memory.rss_prefilled_bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QnnDsp <E> Failed to find available PD for contextId 1 with context size estimate 4000000000|out_of_memory",
                "E executorch:runner.cpp:9] Failed to load method forward, error: 0x21|out_of_memory",
                "E executorch:module.cpp:9] Load failed: 34|model_missing",
                "E executorch:module.cpp:9] loading failed with error 0x23|model_corrupt",
                "E executorch:method.cpp:9] Error: 0x14 for op x|model_unsupported",
                "ERROR: unknown command line flag 'nope'|bad_option",
                "E executorch:main.cpp:9] Failed to create llama runner|crashed"
            })
    void namesFailures(String line, String kind) throws UnknownOutputException {
        EventLog log = read(line);
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly(kind);
        assertThat(Saved.figures(log)).isEmpty();
    }

    @Test
    void refusesATableOfAveragesByItsName() {
        assertThatThrownBy(() ->
                        read("event_block_name  event_name  avg (ms)  op_types\nExecute  native_call_add.out  0.5  []"))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("Inspector");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inference_end_ms\":1790000002200", "prompt_eval_end_ms\":1790000002000"})
    void refusesStampsThatRunBackwardsOrStandStill(String stamp) {
        String key = stamp.substring(0, stamp.indexOf('"'));
        String wrong = OBSERVER.replaceAll(key + "\":\\d+", stamp);
        assertThatThrownBy(() -> read(wrong)).isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void refusesEmptyCutOffAndForeignOutput() {
        String half = OBSERVER.substring(0, OBSERVER.length() / 2);
        for (String text : new String[] {"", half, OBSERVER.replace("}", ",}"), "Decode Speed: 10.11 tokens/sec."}) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(UnknownOutputException.class)
                    .hasMessageStartingWith("executorch: ");
        }
    }
}
