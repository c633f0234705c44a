package dev.melt.engines.mllm;

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
import org.junit.jupiter.params.provider.ValueSource;

class MllmReadingTest {
    private static final Offset<Double> NEAR = within(1e-6);

    @TempDir
    Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return Saved.read(new MllmEngine(), folder, text);
    }

    private Map<String, Double> figures(String text) throws UnknownOutputException {
        EventLog log = read(text);
        assertThat(log.endedWell()).contains(true);
        assertThat(log.errors()).isEmpty();
        return Saved.figures(log);
    }

    @Test
    void putsTheBenchmarksDecodeRateRight() throws UnknownOutputException {
        Map<String, Double> figures = figures(Saved.fixture("mllm/v2/benchmark.txt"));
        // 41 tokens at 82 tokens/s took 0.5 s, in which there were 40 passes
        assertThat(figures.get("decode_rate@0")).isCloseTo(80.0, NEAR);
        assertThat(figures.get("decode_rate_engine@0")).isCloseTo(82.0, NEAR);
        assertThat(figures.get("prefill_rate@0")).isCloseTo(128.0, NEAR);
        assertThat(figures.get("ttft@0")).isCloseTo(0.25, NEAR);
        assertThat(figures.get("generated_tokens@0")).isEqualTo(41);
        assertThat(figures.get("prompt_tokens@1")).isEqualTo(64);
    }

    @Test
    void readsWhatTheBenchmarkSaysOfItself() throws UnknownOutputException {
        EventLog log = read(Saved.fixture("mllm/v2/benchmark.txt"));
        assertThat(log.facts()).containsEntry("engine.version", "0a1b2c3d");
        assertThat(log.effective()).containsEntry("context", "512");
    }

    @Test
    void refusesABenchmarkThatWasCutOffBeforeItsAverages() {
        String whole = Saved.fixture("mllm/v2/benchmark.txt");
        assertThatThrownBy(() -> read(whole.substring(0, whole.indexOf("Average Decode"))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageStartingWith("mllm: ");
    }

    @Test
    void readsTheColouredSummaryInMicroseconds() throws UnknownOutputException {
        Map<String, Double> figures = figures(Saved.fixture("mllm/v2/summary.txt"));
        assertThat(figures.get("prefill_rate@0")).isCloseTo(160.0, NEAR);
        assertThat(figures.get("ttft@0")).isCloseTo(0.4001, NEAR);
        assertThat(figures.get("decode_rate@0")).isCloseTo(50.0, NEAR);
        assertThat(figures.get("generated_tokens@0")).isEqualTo(31);
    }

    @Test
    void readsTheSummaryInSecondsAndWithDecimalCommas() throws UnknownOutputException {
        Map<String, Double> figures = figures("""
                Total time          :      1,000 s
                Prefill total time  :      0,400 s (160,00 tokens/s)
                Decode time         :      0,600 s ( 50,00 tokens/s)
                TTFT                :      0,401 s
                Prefill tokens      :         64
                Decode steps        :         30
                """);
        assertThat(figures.get("prefill_rate@0")).isCloseTo(160.0, NEAR);
        assertThat(figures.get("decode_rate@0")).isCloseTo(50.0, NEAR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Decode steps", "Prefill tokens", "Decode time"})
    void refusesASummaryWithoutALine(String line) {
        String cut = Saved.fixture("mllm/v2/summary.txt").replace(line, "something");
        assertThatThrownBy(() -> read(cut)).isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void takesEachDecodeStepOfTheNpuRunnerAndNoPrefillThatHoldsAGraphBuild() throws UnknownOutputException {
        EventLog log = read("""
                [INFO] QNN prefill completed: seq_len=40, time=3.20s
                [INFO] [Decode step   1] time: 20.00ms, token:
                [INFO] [Decode step   2] time: 30.00ms, token:
                [INFO] [Decode step   3] time: 50.00ms, token:
                [INFO] Decode completed: 3 tokens, total time: 100.00ms (0.10s), avg time: 33.33ms/token, throughput: 30.00 tokens/s
                """);
        Map<String, Double> figures = Saved.figures(log);
        assertThat(figures.get("decode_rate@0")).isCloseTo(30.0, NEAR);
        assertThat(figures.get("itl_p50@0")).isCloseTo(0.03, NEAR);
        assertThat(figures).doesNotContainKeys("prefill_time@0", "prefill_rate@0", "ttft@0");
        assertThat(log.facts()).containsEntry("engine.prefill_with_graph_seconds", "3.20");
    }

    @Test
    void keepsFiguresOfADemoThatAbortedAfterThem() throws UnknownOutputException {
        EventLog log = read(Saved.fixture("mllm/v1/main_npu_aborted.txt"));
        assertThat(log.endedWell()).contains(false);
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly("crashed");
        assertThat(Saved.figures(log))
                .containsEntry("prefill_time@0", 1.25)
                .containsEntry("decode_rate@0", 0.5)
                .containsEntry("tpot@0", 2.0)
                .containsEntry("load_time", 7.0);
    }

    @Test
    void countsThePassBetweenPrefillAndDecodingIntoTheFirstToken() throws UnknownOutputException {
        Map<String, Double> figures = figures("""
                real_seq_length: 256
                Prefill Tokens: 256
                Prefill Time taken: 2 seconds
                Prefill Speed: 128 tokens/s
                Some words
                Intermediate Time taken: 0.5 seconds
                Decode Tokens: 20
                Decode Time taken: 4 seconds
                Decode Speed: 5 tokens/s
                """);
        assertThat(figures.get("prefill_rate@0")).isCloseTo(128.0, NEAR);
        assertThat(figures.get("ttft@0")).isCloseTo(2.5, NEAR);
        assertThat(figures.get("decode_rate@0")).isCloseTo(5.0, NEAR);
        assertThat(figures.get("generated_tokens@0")).isEqualTo(21);
    }

    @Test
    void findsTheNumberOfTokensInRateAndTime() throws UnknownOutputException {
        Map<String, Double> figures = figures(Saved.fixture("mllm/v1/profiling.txt"));
        assertThat(figures.get("prompt_tokens@0")).isEqualTo(37);
        assertThat(figures.get("ttft@0")).isCloseTo(0.4625, NEAR);
        assertThat(figures.get("decode_rate@0")).isCloseTo(9.5, NEAR);
        assertThat(figures.get("load_time")).isCloseTo(1.5, NEAR);
        assertThat(figures).doesNotContainKey("generated_tokens@0");
    }

    @Test
    void takesNoPrefillFromTheModelThatDecodes() throws UnknownOutputException {
        Map<String, Double> figures = figures(Saved.fixture("mllm/v1/profiling_two_models.txt"));
        assertThat(figures.get("prefill_time@0")).isCloseTo(0.9, NEAR);
        assertThat(figures.get("decode_rate@0")).isCloseTo(8.25, NEAR);
        assertThat(figures.get("load_time")).isCloseTo(3.5, NEAR);
        assertThat(figures).doesNotContainKey("prefill_rate@0");
    }

    @Test
    void keepsPartsOfTheGraphAsOperatorsOfAnUnfinishedPrefill() throws UnknownOutputException {
        EventLog log = read("""
                [A]  TIME of CPU Graph 0: 2ms, End at 2.001
                 TIME of QNN Graph 1: 6ms, End at 8.01
                """);
        assertThat(log.endedWell()).contains(false);
        assertThat(Saved.figures(log)).containsEntry("op_share/prefill/QNN", 0.75);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backend_init|[ ERROR ] Unable to find a valid interface.",
                "backend_init|Device Creation failure",
                "model_unsupported|[ ERROR ] Op specific validation failed.",
                "crashed|Error: Received signal 11 - segmentation violation",
                "crashed|\u274C Error: bad tokenizer"
            })
    void namesFailures(String kindAndLine) throws UnknownOutputException {
        int bar = kindAndLine.indexOf('|');
        EventLog log = read(kindAndLine.substring(bar + 1));
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly(kindAndLine.substring(0, bar));
        assertThat(log.endedWell()).contains(false);
        assertThat(Saved.figures(log)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "load time: 2 ms\ntoken time: nan ms\ninference speed: nan tokens/s",
                "llama_perf_context_print: prompt eval time = 78 ms / 70 tokens",
                "prefill speed = 197.56 tok/s\n decode speed = 12.91 tok/s"
            })
    void refusesEmptyCutOffAndForeignOutput(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnknownOutputException.class);
    }
}
