package dev.melt.engines.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlamaCppReadingTest {
    private static final String BLOCK = """
            common_perf_print:        load time =     120.00 ms
            common_perf_print: prompt eval time =      80.00 ms /    16 tokens (    5.00 ms per token,   200.00 tokens per second)
            common_perf_print:        eval time =     300.00 ms /    15 runs   (   20.00 ms per token,    50.00 tokens per second)
            common_perf_print:       total time =     390.00 ms /    31 tokens
            """;

    private static final String SLOT = """
            slot print_timing: id  0 | task 4 |
            prompt eval time =      90.00 ms /     9 tokens (   10.00 ms per token,   100.00 tokens per second)
                   eval time =     200.00 ms /     5 tokens (   40.00 ms per token,    25.00 tokens per second)
                  total time =     290.00 ms /    14 tokens
            """;

    private static final String BENCH_ROW =
            "{\"build_commit\": \"0a1b2c3d4\", \"build_number\": 5000, \"n_prompt\": 0, \"n_gen\": 8, \"n_depth\": 256,"
                    + " \"flash_attn\": 1, \"use_mmap\": false, \"n_threads\": 4, \"avg_ns\": 410000000, \"avg_ts\": 19.5,"
                    + " \"samples_ns\": [ 400000000, 420000000 ], \"samples_ts\": [ 20.0, 19.0476 ]}";

    @TempDir
    Path folder;

    @Test
    void aRunIsAPassAfterTheFirstToken() throws Exception {
        EventLog log = saved(BLOCK);

        assertThat(log.turns()).containsExactly(new Event.Turn(0, 0, 0, 380_000_000, 16, 0));
        assertThat(log.events()).contains(new Event.Decode(0, 80_000_000, 380_000_000, 15));
        assertThat(log.perf()).hasSize(1);
        assertThat(log.stamps()).isEqualTo(Stamps.DURATIONS);
    }

    @Test
    void aServersTokensAreOneMoreThanItsSteps() throws Exception {
        EventLog log = saved(SLOT);

        assertThat(log.events()).contains(new Event.Decode(0, 90_000_000, 290_000_000, 4));
        assertThat(log.perf().get(0).decode().rate()).hasValue(25.0);
    }

    @Test
    void readsEachBlockOfAnInteractiveSessionAsATurn() throws Exception {
        assertThat(saved(BLOCK + BLOCK).turns()).hasSize(2);
    }

    @Test
    void aTimeOfZeroWithOneRunMeansThatNothingWasDecoded() throws Exception {
        EventLog log = saved(BLOCK.replace("300.00 ms /    15 runs", "0.00 ms /     1 runs")
                .replace("20.00 ms per token,    50.00", "0.00 ms per token,      inf"));

        assertThat(log.events()).noneMatch(Event.Decode.class::isInstance);
        assertThat(log.perf().get(0).decode()).isEqualTo(EnginePerf.Phase.NONE);
    }

    @Test
    void readsDecimalCommasBehindLogcatTags() throws Exception {
        assertThat(saved(Noise.logcat(Noise.commas(BLOCK))).turns())
                .isEqualTo(saved(BLOCK).turns());
    }

    @Test
    void eachRepetitionOfABenchIsATurnAtItsDepth() throws Exception {
        EventLog log = saved(BENCH_ROW);

        assertThat(log.events())
                .contains(new Event.Decode(0, 0, 400_000_000, 8), new Event.Turn(0, 0, 0, 400_000_000, 8, 256));
        assertThat(log.turns()).hasSize(2);
        assertThat(log.effective())
                .containsEntry("flash_attention", "true")
                .containsEntry("mmap", "false")
                .containsEntry("threads", "4");
        assertThat(log.facts()).containsEntry("engine.version", "b5000");
    }

    @Test
    void aSettingThatDiffersBetweenTestsTookEffectInNoneAsAWhole() throws Exception {
        EventLog log = saved(BENCH_ROW + "\n" + BENCH_ROW.replace("\"n_threads\": 4", "\"n_threads\": 2"));

        assertThat(log.effective()).doesNotContainKey("threads").containsEntry("mmap", "false");
    }

    @Test
    void readsATableByTheNamesInItsHeader() throws Exception {
        EventLog log = saved("""
                | model         | test         | threads |          t/s | new column |
                | ------------- | -----------: | ------: | -----------: | ---------: |
                | phi 2B Q4_0   | tg32 @ d512  |       8 | 12.50 ± 0.10 |          x |
                """);

        assertThat(log.figures()).containsExactly(StatedFigure.ofTurn("decode_rate", 0, 12.5));
        assertThat(log.turns().get(0).depth()).isEqualTo(512);
        assertThat(log.effective()).containsEntry("threads", "8");
    }

    @Test
    void countsWhatAPersonGetsFromSpeculativeDecoding() throws Exception {
        EventLog log = saved("""
                encoded   12 tokens in    0.100 seconds, speed:  120.000 t/s
                decoded   41 tokens in    2.000 seconds, speed:   20.500 t/s
                n_drafted = 60
                n_accept  = 30
                """ + BLOCK);

        assertThat(log.turns()).hasSize(1);
        assertThat(log.events()).contains(new Event.Decode(0, 100_000_000, 2_100_000_000, 40));
        assertThat(log.facts()).containsEntry("speculative.n_accept", "30");
    }

    @Test
    void theTimingsOfAPerplexityRunAreNoTurn() throws Exception {
        EventLog log =
                saved("perplexity: 1.00 seconds per pass - ETA Final estimate: PPL = 9.5000 +/- 0.25000\n" + BLOCK);

        assertThat(log.turns()).isEmpty();
        assertThat(log.figures().get(0).metric()).isEqualTo("perplexity");
        assertThat(log.figures().get(0).uncertainty()).hasValue(0.25);
    }

    @Test
    void aScoreInPerCentBecomesAShareWithItsStandardError() throws Exception {
        StatedFigure score = saved("Final Winogrande score(200 tasks): 62.5000 +/- 3.4300\n")
                .figures()
                .get(0);

        assertThat(score.value()).isEqualTo(0.625);
        assertThat(score.uncertainty().orElseThrow()).isCloseTo(0.0343, org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void aTaskTableThatStopsEarlyIsCutOff() {
        String table =
                "hellaswag_score : selecting 3 randomized tasks.\ntask\tacc_norm\n1\t100.00000000\n2\t50.00000000\n";

        assertThatThrownBy(() -> saved(table)).hasMessageContaining("final figure expected");
    }

    @Test
    void figuresBeforeACrashAreKeptBesideTheError() throws Exception {
        EventLog log = saved(BLOCK + "ggml.c:10: GGML_ASSERT(x) failed\n");

        assertThat(log.turns()).hasSize(1);
        assertThat(log.errors()).extracting(EngineError::kind).containsExactly("crashed");
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void wordsOfTheModelAreNoFailure() throws Exception {
        EventLog log = saved("The program said: Segmentation fault, out of memory.\n" + BLOCK);

        assertThat(log.errors()).isEmpty();
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void numbersTurnsByTheirProcessAndKeepsTheOthersOfOneThatDidNotFit() throws Exception {
        process(0, BLOCK, "", "0");
        process(1, "", "main: prompt is too long (600 tokens, max 508)\n", "1");
        process(10, BLOCK, "", "0");

        EventLog log = LlamaCppReading.read(EngineOutput.of(folder));

        assertThat(log.turns()).extracting(Event.Turn::turn).containsExactly(0, 10);
        assertThat(log.errors())
                .containsExactly(new EngineError(
                        "prompt_too_long", "main: prompt is too long (600 tokens, max 508)", OptionalInt.of(1)));
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void aPromptAndAnAnswerThatWereBenchedForOneTurnAreOneTurn() throws Exception {
        String prompt = BENCH_ROW
                .replace("\"n_prompt\": 0, \"n_gen\": 8", "\"n_prompt\": 64, \"n_gen\": 0")
                .replace("[ 400000000, 420000000 ]", "[ 100000000 ]");
        process(3, prompt + "\n" + BENCH_ROW.replace("[ 400000000, 420000000 ]", "[ 400000000 ]"), "", "0");

        EventLog log = LlamaCppReading.read(EngineOutput.of(folder));

        assertThat(log.turns()).containsExactly(new Event.Turn(3, 0, 0, 500_000_000, 8, 256));
    }

    @Test
    void aProcessKilledWithoutAWordRanOutOfMemory() throws Exception {
        process(0, "", "llama_model_loader: loaded meta data", "137");

        assertThat(LlamaCppReading.read(EngineOutput.of(folder)).errors())
                .extracting(EngineError::kind)
                .containsExactly("out_of_memory");
    }

    @Test
    void exitCodeZeroWithoutFiguresIsNoSuccess() throws Exception {
        process(0, "Some text of a model.", "", "0");

        EventLog log = LlamaCppReading.read(EngineOutput.of(folder));

        assertThat(log.errors()).extracting(EngineError::kind).containsExactly("no_result");
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void refusesOutputThatIsCutOffAndNamesTheVersion() {
        String cut = "build: 4748 (c392e5094) with cc\n" + BLOCK.substring(0, BLOCK.indexOf(" eval time =     300"));

        assertThatThrownBy(() -> saved(cut))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageStartingWith("llama.cpp b4748: the eval time");
        for (String text : List.of(
                BENCH_ROW.substring(0, BENCH_ROW.length() - 9),
                "[\n" + BENCH_ROW + ",\n",
                "data: {\"content\":\"a\",\"stop\":false,\"timings\":{\"prompt_n\":3,\"prompt_ms\":5.0}}\n",
                SLOT.substring(0, SLOT.indexOf("       eval")))) {
            assertThatThrownBy(() -> saved(text)).hasMessageContaining("the output ends before it");
        }
    }

    @Test
    void refusesTextThatNoProgramOfLlamaCppWrote() {
        for (String text : List.of("", "hello", "{\"a\": [1, 2]}", "{{{{", "| a | b |\n| 1 | 2 |\n")) {
            assertThatThrownBy(() -> saved(text))
                    .isInstanceOf(UnknownOutputException.class)
                    .hasMessageStartingWith("llama.cpp: ");
        }
    }

    @Test
    void takesTheCacheOfTheLastContextAndLeavesOutTheUnderflowOfTheBreakdown() throws Exception {
        EventLog log = saved("""
                llama_context: n_ctx         = 512
                llama_kv_cache:        CPU KV buffer size =    99.00 MiB
                llama_context: n_ctx         = 1024
                llama_kv_cache:        CPU KV buffer size =     3.00 MiB
                llama_kv_cache:      CUDA0 KV buffer size =     5.00 MiB
                x_print: |   - GPU0 (Some name) | 2048 = 2048 + ( 504 =   500 +       3 +       1) + 17592186043912 |
                """ + BLOCK);

        assertThat(log.facts())
                .containsEntry("memory.kv_bytes", Long.toString(8L << 20))
                .containsEntry("memory.context_bytes.GPU0 (Some name)", Long.toString(3L << 20));
        assertThat(log.effective()).containsEntry("context", "1024");
    }

    private void process(int turn, String out, String err, String exitCode) throws IOException {
        Files.writeString(folder.resolve("out." + turn), out);
        Files.writeString(folder.resolve("err." + turn), err);
        Files.writeString(folder.resolve("rc." + turn), exitCode + "\n");
    }

    private EventLog saved(String text) throws IOException, UnknownOutputException {
        Path file = folder.resolve("saved.txt");
        Files.writeString(file, text);
        return LlamaCppReading.read(EngineOutput.ofFile(file));
    }
}
