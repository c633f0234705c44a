package dev.melt.engines.mnn;

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

class MnnReadingTest {
    private static final Offset<Double> NEAR = within(1e-6);

    @TempDir
    Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return Saved.read(new MnnEngine(), folder, text);
    }

    @Test
    void readsTheDemosBlockBehindLogcatPrefixes() throws UnknownOutputException {
        EventLog log = read(Saved.fixture("mnn/demo.txt"));
        Map<String, Double> figures = Saved.figures(log);
        assertThat(log.endedWell()).contains(true);
        assertThat(figures.get("load_time")).isCloseTo(1.5, NEAR);
        assertThat(figures.get("graph_prepare_time")).isCloseTo(0.25, NEAR);
        assertThat(figures.get("prefill_rate@0")).isCloseTo(100, NEAR);
        assertThat(figures.get("decode_rate_engine@0")).isCloseTo(5, NEAR);
    }

    @Test
    void countsTheChoiceOfTokensIntoDecoding() throws UnknownOutputException {
        Map<String, Double> figures = Saved.figures(read(Saved.fixture("mnn/demo.txt")));
        // nine of ten choices lie behind the first token: 2.00 s + 9 x 0.01 s
        assertThat(figures.get("decode_time@0")).isCloseTo(2.09, NEAR);
    }

    @Test
    void tellsTheFirstTokenOnlyWhereOneProcessHadOnePrompt() throws UnknownOutputException {
        String block = Saved.fixture("mnn/demo.txt");
        assertThat(Saved.figures(read(block))).doesNotContainKey("ttft@0");
        EventLog trial = Saved.readTrial(new MnnEngine(), folder, Map.of("out.0", block, "err.0", "", "rc.0", "0\n"));
        assertThat(Saved.figures(trial).get("ttft@0")).isCloseTo(0.51, NEAR);
    }

    @Test
    void readsTheTableByItsColumns() throws UnknownOutputException {
        EventLog log = read(Saved.fixture("mnn/bench.md"));
        Map<String, Double> figures = Saved.figures(log);
        assertThat(log.effective())
                .containsEntry("backend", "gpu")
                .containsEntry("threads", "3")
                .containsEntry("mmap", "true");
        assertThat(figures.get("prefill_time@0")).isCloseTo(0.125, NEAR);
        assertThat(figures.get("decode_rate@1")).isCloseTo(16, NEAR);
        assertThat(figures.get("load_time")).isCloseTo(1.5, NEAR);
    }

    @Test
    void makesNoTimesOutOfMeansOfSeveralRepetitions() throws UnknownOutputException {
        Map<String, Double> figures = Saved.figures(read(Saved.fixture("mnn/bench.md")));
        assertThat(figures)
                .containsEntry("prefill_rate@2", 500.0)
                .containsEntry("decode_rate@2", 15.0)
                .doesNotContainKeys("prefill_time@2", "decode_time@2");
    }

    @Test
    void prefersTheJsonToTheTableBeforeIt() throws UnknownOutputException {
        EventLog log = read(Saved.fixture("mnn/bench.md") + Saved.fixture("mnn/bench.json"));
        Map<String, Double> figures = Saved.figures(log);
        assertThat(log.effective()).containsEntry("backend", "npu").containsEntry("threads", "4");
        assertThat(figures.get("ttft@1")).isCloseTo(0.25, NEAR);
        assertThat(figures.get("decode_time@1")).isCloseTo(2, NEAR);
        assertThat(figures).containsEntry("decode_rate@2", 8.0).doesNotContainKey("decode_time@2");
    }

    @Test
    void leavesOutTestsOfNothing() throws UnknownOutputException {
        EventLog log = read(Saved.fixture("mnn/bench.md").replace("| tg32 ", "| pp0+tg0 "));
        assertThat(log.turns()).hasSize(2);
    }

    @Test
    void refusesOneRateForPromptAndAnswerTogether() {
        String one = Saved.fixture("mnn/bench.md").replace("<br>15.00 ± 0.42", "");
        assertThatThrownBy(() -> read(one)).isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void readsTheAppsAveragesWhenItIsDone() throws UnknownOutputException {
        String averages = "2026-06-16 app[1] [MNN_BENCH] avg backend=metal prefill_tok_s=300.5 decode_tok_s=20.25";
        assertThatThrownBy(() -> read(averages)).isInstanceOf(UnknownOutputException.class);
        assertThat(Saved.figures(read(averages + "\n[MNN_BENCH_DONE]")))
                .containsEntry("prefill_rate@0", 300.5)
                .containsEntry("decode_rate@0", 20.25)
                .doesNotContainKey("decode_time@0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LLM init error|model_corrupt",
                "Error: Generation failed due to internal error|backend_runtime",
                "error: invalid parameter for argument: --nope|bad_option",
                "[MNN_BENCH_ERROR] no model|backend_runtime"
            })
    void namesFailures(String line, String kind) throws UnknownOutputException {
        EventLog log = read(line);
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly(kind);
        assertThat(Saved.figures(log)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefill time", " decode time", "prefill speed", " decode speed"})
    void refusesABlockThatWasCutOff(String from) {
        String whole = Saved.fixture("mnn/demo.txt");
        assertThatThrownBy(() -> read(whole.substring(0, whole.indexOf(from))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageStartingWith("mnn: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "| model | size | params | backend | threads | test | t/s |\n| m | 1 GiB | 1 B | CPU | 4 | pp64 | 10.00 ± 0.10 |",
                "{\"results\":[{\"type\":\"prefill\",\"prompt_len\":64,\"tps\":5",
                "Prefill Speed: 19.51 tokens/sec."
            })
    void refusesEmptyCutOffAndForeignOutput(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnknownOutputException.class);
    }
}
