package dev.melt.engines.mlx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.Saved;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlxAdapterTest {
    private static final Device MAC = Jobs.device(Platform.MACOS);
    private static final String BENCHMARK = Saved.fixture("mlx/benchmark.txt");
    private static final String SWIFT = Saved.fixture("mlx/swift.txt");
    private static final String GENERATE = """
            ==========
            Blue, for one.
            ==========
            Prompt: 100 tokens, 400.000 tokens-per-sec
            Generation: 33 tokens, 16.500 tokens-per-sec
            Peak memory: 1.250 GB
            """;

    private final MlxAdapter adapter = new MlxAdapter();

    @TempDir
    private Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return adapter.read(Saved.file(folder, text));
    }

    private static List<Double> decodeSeconds(EventLog log) {
        return Saved.events(log, Event.Decode.class).stream()
                .map(Saved::seconds)
                .toList();
    }

    @Test
    void takesTheFirstTokenOutOfTheSteps() throws UnknownOutputException {
        EventLog log = read(GENERATE);
        assertThat(Saved.seconds(Saved.events(log, Event.Prefill.class).get(0))).isEqualTo(0.25);
        assertThat(Saved.events(log, Event.Decode.class).get(0).steps()).isEqualTo(32);
        assertThat(decodeSeconds(log)).containsExactly(2.0);
        assertThat(log.perf().get(0).decode().rate()).hasValue(16.5);
    }

    @Test
    void keepsThePeakOfTheAllocatorAsAFactAndNotAsMemoryOfTheProcess() throws UnknownOutputException {
        EventLog log = read(GENERATE);
        assertThat(log.facts()).containsEntry("memory.peak_bytes", "1250000000");
        assertThat(log.figures()).isEmpty();
    }

    @Test
    void readsEachTrialOfABenchmarkAsATurn() throws UnknownOutputException {
        EventLog log = read(BENCHMARK);
        assertThat(decodeSeconds(log)).containsExactly(1.0, 2.0);
        assertThat(Saved.events(log, Event.Decode.class))
                .extracting(Event.Decode::steps)
                .containsExactly(64, 64);
        assertThat(log.facts()).containsEntry("memory.peak_bytes", "2750000000");
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void readsTheFirstVersionsWords() throws UnknownOutputException {
        EventLog log = read(BENCHMARK.replace(", generation_tokens=65, batch_size=1.", " and generation_tokens=65."));
        assertThat(decodeSeconds(log)).containsExactly(1.0, 2.0);
    }

    @Test
    void readsTheSwiftToolsTimes() throws UnknownOutputException {
        EventLog log = read(SWIFT);
        assertThat(Saved.seconds(Saved.events(log, Event.Prefill.class).get(0))).isEqualTo(0.8);
        assertThat(Saved.events(log, Event.Decode.class).get(0).steps()).isEqualTo(40);
        assertThat(decodeSeconds(log)).containsExactly(2.0);
        assertThat(log.facts()).containsEntry("memory.peak_bytes", "734003200");
    }

    @Test
    void leavesOutThePrefillOfAnOldSwiftToolWhereItsRateCanBeReadInTwoWays() throws UnknownOutputException {
        assertThat(Saved.events(read(SWIFT.replace(", 0.8s", "")), Event.Prefill.class))
                .isEmpty();
        EventLog clear = read(SWIFT.replace("1,280 tokens/s, 0.8s", "1,280.5 tokens/s"));
        assertThat(Saved.seconds(Saved.events(clear, Event.Prefill.class).get(0)))
                .isCloseTo(0.7997, within(0.0001));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234.5|1234.5",
                "1.234,5|1234.5",
                "0,125|0.125",
                "12.5|12.5",
                "1,234,567|1234567",
                "7|7",
                "0.125|0.125"
            })
    void readsGroupedNumbers(String printed, double value) {
        assertThat(MlxGeneration.grouped(printed)).hasValue(value);
    }

    @Test
    void readsThroughPrefixesAndLineEnds() throws UnknownOutputException {
        assertThat(decodeSeconds(read(GENERATE.replace("\n", "\u001B[0m\r\n[12:00:01] "))))
                .containsExactly(2.0);
    }

    @Test
    void refusesABenchmarkThatBreaksOff() {
        assertThatThrownBy(() -> read(BENCHMARK.substring(0, BENCHMARK.indexOf("Averages"))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageEndingWith("the output ends before it");
    }

    @Test
    void keepsTheTrialsBeforeAShortageOfMemory() throws UnknownOutputException {
        EventLog log = read(BENCHMARK.substring(0, BENCHMARK.indexOf("Averages"))
                + "libc++abi: terminating: [METAL] Command buffer execution failed: Insufficient Memory (00000008)\n");
        assertThat(log.turns()).hasSize(2);
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo("out_of_memory"));
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void refusesAnAnswerThatBreaksOff() {
        assertThatThrownBy(() -> read(GENERATE.substring(0, GENERATE.indexOf("Generation"))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("'Generation: .. tokens' expected");
        assertThatThrownBy(() -> read(SWIFT.substring(0, SWIFT.indexOf("Generation"))))
                .isInstanceOf(UnknownOutputException.class);
    }

    @Test
    void refusesABatchOfSeveral() {
        assertThatThrownBy(() -> read(BENCHMARK.replace("batch_size=1", "batch_size=8")))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("batch size of 1 expected, 8 found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", Saved.OTHER_ENGINE})
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnknownOutputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "nan", "0.000"})
    void refusesRatesThatMeasureNothing(String rate) {
        assertThatThrownBy(() -> read(GENERATE.replace("16.500", rate))).isInstanceOf(UnknownOutputException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FileNotFoundError: No safetensors found in /m|model_missing",
                "ValueError: Model type mamba9 not supported.|model_unsupported",
                "safetensors_rust.SafetensorError: Error while deserializing header|model_corrupt",
                "ModuleNotFoundError: No module named 'mlx'|backend_init",
                "generate.py: error: unrecognized arguments: --fast|bad_option",
                "RuntimeError: [metal::malloc] Attempting to allocate 60129542144 bytes|out_of_memory",
                "ValueError: something else|crashed"
            })
    void namesFailures(String line, String kind) throws UnknownOutputException {
        EventLog log = read("Traceback (most recent call last):\n" + line + "\n");
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(kind));
        assertThat(log.events()).isEmpty();
    }

    private Bundle bundle(String... tools) {
        String[] files = new String[tools.length + 1];
        System.arraycopy(tools, 0, files, 0, tools.length);
        files[tools.length] = "model/config.json";
        return Jobs.bundle("mlx", "gpu", folder, files);
    }

    private String script(EngineJob job) {
        return adapter.invocation(job.with(adapter.complete(job, MAC)), MAC, Jobs.PLACEMENT)
                .inputs()
                .getOrDefault("turns.sh", "");
    }

    private Optional<String> refusal(Bundle bundle, Script script, String... settings) {
        EngineJob job = Jobs.job(bundle, script, settings);
        return adapter.refuse(job.with(adapter.complete(job, MAC)), MAC).map(Problem::message);
    }

    @Test
    void measuresNumbersOfTokensWithTheBenchmark() {
        assertThat(script(Jobs.job(bundle("bin/mlx_lm.benchmark"), Jobs.tokens(512, 65, 0), "ubatch=256")))
                .contains("/device/store/bundle/bin/mlx_lm.benchmark --model /device/store/bundle/model "
                        + "-p 512 -g 65 -b 1 -n 1 --prefill-step-size 256");
    }

    @Test
    void handsATextOverOnTheStandardInput() {
        assertThat(script(Jobs.job(bundle("bin/mlx_lm.generate"), Jobs.texts(16, "Hi"), "top_k=40")))
                .contains("--prompt -")
                .contains("--max-tokens 16 --seed 42 --temp 0 --top-k 40 --ignore-chat-template")
                .contains("begin 0 \"$TRIAL\"/prompt.0.txt");
    }

    @Test
    void handsATextToTheSwiftToolAsAFile() {
        assertThat(script(Jobs.job(bundle("llm-tool"), Jobs.texts(true, 16, "Hi"))))
                .contains("/device/store/bundle/llm-tool eval --model /device/store/bundle/model --prompt "
                        + "@prompt.0.txt --memory-stats --max-tokens 16 --seed 42 --temperature 0");
    }

    @Test
    void refusesWhatItsProgramsCannotDo() {
        Bundle python = bundle("mlx_lm.benchmark", "mlx_lm.generate");
        assertThat(refusal(python, Jobs.tokens(8, 4, 0))).isEmpty();
        assertThat(refusal(python, Jobs.texts(true, 4, "a"), "min_p=0.1")).isEmpty();
        assertThat(refusal(python, Jobs.tokens(8, 4, 0), "seed=1").orElseThrow())
                .contains("seed 0 expected");
        assertThat(refusal(python, Jobs.tokens(8, 4, 2)).orElseThrow()).contains("empty context");
        assertThat(refusal(python, Jobs.texts(4, "a"), "ignore_eos=true").orElseThrow())
                .contains("ignore_eos");
        assertThat(refusal(python, Jobs.texts(4, "a"), "threads=4").orElseThrow())
                .contains("threads=4 found");
        assertThat(refusal(bundle("llm-tool"), Jobs.texts(4, "a")).orElseThrow())
                .contains("chat: true");
        assertThat(refusal(bundle("llm-tool"), Jobs.tokens(8, 4, 0)).orElseThrow())
                .contains("mlx_lm.benchmark expected");
    }

    @Test
    void refusesADeviceThatIsNoMac() {
        EngineJob job = Jobs.job(bundle("mlx_lm.generate"), Jobs.texts(4, "a"));
        assertThat(adapter.refuse(job, Jobs.device(Platform.LINUX))
                        .orElseThrow()
                        .message())
                .contains("a Mac expected");
    }

    @Test
    void refusesTextsAmongNumbersOfTokens() {
        List<Conversation> both = new ArrayList<>(Jobs.tokens(8, 4, 0).conversations());
        both.addAll(Jobs.texts(4, "a").conversations());
        assertThat(refusal(bundle("mlx_lm.benchmark"), Script.once(both)).orElseThrow())
                .contains("a prompt of text among them");
    }
}
