package dev.melt.engines.litertlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.reading.Saved;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteRtLmReadingTest {
    private static final Offset<Double> NEAR = within(1e-6);
    private static final String RESULTS = """
            Backend                    : gpu
            Number of tokens in prefill: 128
            Number of tokens in decode : 64
            ----- Results -----
            Prefill speed:        64.00 tokens/s
            Decode speed:         16.00 tokens/s
            Init time:            2.5000 s
            Time to first token:  2.0625 s
            """;

    @TempDir
    Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return Saved.read(new LiteRtLmEngine(), folder, text);
    }

    @Test
    void readsEachTurnOfABenchmarkBlock() throws UnknownOutputException {
        EventLog log = read(Saved.fixture("litertlm/benchmark_info.txt"));
        Map<String, Double> figures = Saved.figures(log);
        assertThat(log.endedWell()).contains(true);
        assertThat(figures.get("load_time")).isCloseTo(0.4, NEAR);
        assertThat(figures.get("prefill_rate@0")).isCloseTo(40, NEAR);
        assertThat(figures.get("decode_rate@0")).isCloseTo(10, NEAR);
        assertThat(figures.get("decode_rate@1")).isCloseTo(8, NEAR);
        assertThat(figures.get("generated_tokens@1")).isEqualTo(4);
        assertThat(figures.get("peak_rss")).isEqualTo(512.5 * 1024 * 1024);
    }

    @Test
    void givesTheTimeToTheFirstTokenToTheFirstTurnOnly() throws UnknownOutputException {
        Map<String, Double> figures = Saved.figures(read(Saved.fixture("litertlm/benchmark_info.txt")));
        assertThat(figures.get("ttft@0")).isCloseTo(1.1, NEAR);
        assertThat(figures).doesNotContainKey("ttft@1");
    }

    @Test
    void saysWhatTookEffect() throws UnknownOutputException {
        assertThat(read(Saved.fixture("litertlm/benchmark_info.txt")).effective())
                .containsEntry("backend", "cpu")
                .containsEntry("threads", "6")
                .containsEntry("chunk_length", "128");
    }

    @Test
    void takesTimesFromRatesAndCountsOfThePythonCommand() throws UnknownOutputException {
        Map<String, Double> figures = Saved.figures(read(RESULTS));
        assertThat(figures.get("prefill_time@0")).isCloseTo(2.0, NEAR);
        assertThat(figures.get("decode_time@0")).isCloseTo(4.0, NEAR);
        assertThat(figures.get("ttft@0")).isCloseTo(2.0625, NEAR);
        assertThat(figures.get("load_time")).isCloseTo(2.5, NEAR);
    }

    @Test
    void statesRatesWhereNoCountIsGiven() throws UnknownOutputException {
        Map<String, Double> figures = Saved.figures(read(RESULTS.replaceAll("Number of tokens.*\n", "")));
        assertThat(figures).containsEntry("prefill_rate@0", 64.0).containsEntry("decode_rate@0", 16.0);
        assertThat(figures).containsEntry("ttft@0", 2.0625).doesNotContainKey("decode_time@0");
    }

    @Test
    void takesPrivateMemoryUnderAnotherNameForNoResidentPeak() throws UnknownOutputException {
        EventLog log = read(RESULTS + "Peak system ram usage: 100.00 MB\nPeak private footprint: 100.00 MB");
        assertThat(Saved.figures(log)).doesNotContainKey("peak_rss");
        assertThat(log.facts()).containsEntry("memory.peak_private_bytes", "104857600");
    }

    @Test
    void readsAListOfMetricsWithAMessageForEachIteration() throws UnknownOutputException {
        String message = """
                metrics {
                  benchmark_params { num_prefill_tokens: 100 num_decode_tokens: 50 }
                  init_phase_durations_us {
                    key: "Init Total"
                    value: 1500000
                  }
                  prefill_turns { tokens_per_second: 200 }
                  decode_turns { tokens_per_second: 25 }
                  time_to_first_token_seconds: 0.54
                  peak_mem_mb: 10
                }
                """;
        EventLog log = read(message + message.replace("second: 25", "second: 20"));
        Map<String, Double> figures = Saved.figures(log);
        assertThat(log.turns()).hasSize(2);
        assertThat(figures.get("prefill_time@0")).isCloseTo(0.5, NEAR);
        assertThat(figures.get("decode_time@1")).isCloseTo(2.5, NEAR);
        assertThat(figures.get("load_time")).isCloseTo(1.5, NEAR);
        assertThat(figures.get("peak_rss")).isEqualTo(10 * 1024 * 1024);
    }

    @Test
    void namesABlockInWhichNothingRan() throws UnknownOutputException {
        EventLog log = read("""
                BenchmarkInfo:
                    Total init time: 1922.03 ms
                  Time to first token: 0.00 s
                  Prefill Turns (Total 0 turns):
                    No prefill turns recorded.
                  Decode Turns (Total 0 turns):
                    No decode turns recorded.
                """);
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly("no_result");
        assertThat(Saved.figures(log)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Failed to clEnqueueNDRangeKernel - Invalid command queue|backend_runtime",
                "F0000 00:00:1.1 1 x.cc:1] Check failed: Failed to create engine: INTERNAL|backend_init",
                "E0000 NOT_FOUND: no such model|model_missing",
                "Unknown command line flag 'nope'|bad_option"
            })
    void namesFailures(String line, String kind) throws UnknownOutputException {
        assertThat(read(line).errors()).extracting(EngineError::kind).containsExactly(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Decode Turn 2", "Decode Speed: 8", "Prefill Turn 2", "Decode Turns (Total"})
    void refusesABlockThatWasCutOff(String from) {
        String whole = Saved.fixture("litertlm/benchmark_info.txt");
        assertThatThrownBy(() -> read(whole.substring(0, whole.indexOf(from))))
                .isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void refusesEmptyForeignAndMerelyLoggedOutput() {
        String log = "I0000 00:00:1790000000.1 1 session_basic.cc:1] RunPrefillAsync status: OK";
        String foreign = "prefill speed = 197.56 tok/s\n decode speed = 12.91 tok/s";
        String open = "metrics {\n prefill_turns { tokens_per_second: 2 }\n decode_turns { tokens_per_second: 2 }";
        for (String text : new String[] {"", log, foreign, open, RESULTS.replace("16.00", "nan")}) {
            assertThatThrownBy(() -> read(text))
                    .isInstanceOf(UnknownOutputException.class)
                    .hasMessageStartingWith("litert-lm: ");
        }
    }
}
