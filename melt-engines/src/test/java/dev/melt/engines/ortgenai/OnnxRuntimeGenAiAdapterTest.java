package dev.melt.engines.ortgenai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.Saved;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRuntimeGenAiAdapterTest {
    private static final Device DEVICE = Jobs.device(Platform.LINUX);
    private static final String NEW = Saved.fixture("onnxruntime-genai/model_benchmark-new.txt");
    private static final String OLD = NEW.replace("n:              4 * 1 token", "n:              44 * 1 token")
            .replace("Peak working set size: 1234567890 bytes (1.15 GB)", "Peak working set size (bytes): 1234567890");

    private final OnnxRuntimeGenAiAdapter adapter = new OnnxRuntimeGenAiAdapter();

    @TempDir
    private Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return adapter.read(Saved.file(folder, text));
    }

    private static Event.Decode decode(EventLog log) {
        return Saved.events(log, Event.Decode.class).get(0);
    }

    @Test
    void addsTheFirstSamplingToTheTimeOfTheFirstToken() throws UnknownOutputException {
        EventLog log = read(NEW);
        Event.Prefill prefill = Saved.events(log, Event.Prefill.class).get(0);
        assertThat(prefill.tokens()).isEqualTo(64);
        assertThat(prefill.endNanos()).isEqualTo(200_000_000);
        assertThat(Saved.events(log, Event.Token.class).get(0).endNanos()).isEqualTo(200_500_000);
        assertThat(decode(log).steps()).isEqualTo(10);
        assertThat(Saved.seconds(decode(log))).isEqualTo(0.25);
        assertThat(log.turns().get(0).generated()).isEqualTo(11);
    }

    @Test
    void statesThePeakAndTheMedianGap() throws UnknownOutputException {
        assertThat(read(NEW).figures())
                .containsExactlyInAnyOrder(
                        StatedFigure.ofTrial("peak_rss", 1_234_567_890d),
                        StatedFigure.ofTurn("itl_p50", 0, 24_500 * 1e-6));
    }

    @Test
    void countsSamplingIntoEachStepWhereItIsTimedApart() throws UnknownOutputException {
        EventLog log = read(OLD);
        assertThat(Saved.seconds(decode(log))).isEqualTo(0.255);
        assertThat(log.figures()).containsExactly(StatedFigure.ofTrial("peak_rss", 1_234_567_890d));
    }

    @Test
    void readsTheTimeToMakeTheModelAsLoad() throws UnknownOutputException {
        EventLog log = read(NEW + "Model create time (ms): 1500\n");
        assertThat(Saved.events(log, Event.Load.class))
                .extracting(Saved::seconds)
                .containsExactly(1.5);
    }

    @Test
    void takesAShorterAnswerThanAskedForAsItCame() throws UnknownOutputException {
        EventLog log = read(NEW.replace("40 * 1 token", "20 * 1 token"));
        assertThat(decode(log).steps()).isEqualTo(5);
        assertThat(log.turns().get(0).generated()).isEqualTo(6);
    }

    @Test
    void readsExponentsCommasAndPrefixes() throws UnknownOutputException {
        EventLog log = read(NEW.replace("200000", "2e+05")
                .replace("       25000", "       25000,0")
                .replace("\n", "\r\n06-16 12:06:38.752  8826  8826 I ort: "));
        assertThat(Saved.events(log, Event.Prefill.class).get(0).endNanos()).isEqualTo(200_000_000);
        assertThat(Saved.seconds(decode(log))).isEqualTo(0.25);
    }

    @Test
    void readsEachBlockAsATurn() throws UnknownOutputException {
        assertThat(read(NEW + NEW).turns()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token generation:", "Token sampling:", "E2E generation", "\tn:              4 * 64"})
    void refusesABlockThatBreaksOff(String at) {
        assertThatThrownBy(() -> read(NEW.substring(0, NEW.indexOf(at))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("the block ends before");
    }

    @Test
    void refusesSeveralSequencesAtOnce() {
        assertThatThrownBy(() -> read(NEW.replace("Batch size: 1", "Batch size: 4")))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessage("onnxruntime-genai: a batch size of 1 expected, 4 found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", Saved.OTHER_ENGINE})
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnknownOutputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "nan", "0"})
    void refusesTimesThatMeasureNothing(String value) {
        assertThatThrownBy(() -> read(NEW.replace("avg (us):       25000", "avg (us):       " + value)))
                .isInstanceOf(UnknownOutputException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Exception: Error opening /m/genai_config.json|model_missing",
                "Exception: Load model from /m/model.onnx failed:Protobuf parsing failed.|model_corrupt",
                "Exception: Unsupported model_type in config.json: mamba|model_unsupported",
                "Exception: CUDA execution provider is not enabled in this build.|backend_init",
                "Exception: std::bad_alloc|out_of_memory",
                "Error: Unknown option: --fast|bad_option",
                "Exception: something else|crashed"
            })
    void namesFailures(String line, String kind) throws UnknownOutputException {
        EventLog log = read(line + "\n");
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(kind));
        assertThat(log.events()).isEmpty();
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void callsAnExitCodeWithoutWordsACrash() throws UnknownOutputException {
        EventLog log = adapter.read(Saved.trial(folder, Map.of("out.0", "", "err.0", "", "rc.0", "139\n")));
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.message()).isEqualTo("ended by signal 11"));
    }

    @Test
    void refusesExitCodeZeroWithoutFigures() {
        assertThatThrownBy(() -> adapter.read(Saved.trial(folder, Map.of("out.0", "", "rc.0", "0\n"))))
                .isInstanceOf(UnknownOutputException.class);
    }

    private Bundle bundle(String backend) {
        return Jobs.bundle("onnxruntime-genai", backend, folder, "model_benchmark", "model/genai_config.json");
    }

    private String script(EngineJob job) {
        return adapter.invocation(job.with(adapter.complete(job, DEVICE)), DEVICE, Jobs.PLACEMENT)
                .inputs()
                .getOrDefault("turns.sh", "");
    }

    @Test
    void asksForOneRepetitionATurn() {
        assertThat(script(Jobs.job(bundle("cpu"), Jobs.tokens(64, 11, 0), "context=512")))
                .contains("/device/store/bundle/model_benchmark -i /device/store/bundle/model -e cpu -l 64 "
                        + "-b 1 -g 11 -r 1 -w 1 -ml 512\n");
    }

    @Test
    void handsATextOverAsAFile() {
        assertThat(script(Jobs.job(bundle("npu"), Jobs.texts(8, "Hi"), "warmup=false")))
                .contains("--prompt_file prompt.0.txt")
                .contains("-w 0")
                .doesNotContain(" -e ");
    }

    private Optional<String> refusal(Script script, String... settings) {
        EngineJob job = Jobs.job(bundle("gpu"), script, settings);
        return adapter.refuse(job.with(adapter.complete(job, DEVICE)), DEVICE).map(Problem::message);
    }

    @Test
    void refusesWhatTheBenchmarkCannotDo() {
        assertThat(refusal(Jobs.tokens(64, 8, 0))).isEmpty();
        assertThat(refusal(Jobs.tokens(64, 8, 16)).orElseThrow()).contains("empty context");
        assertThat(refusal(Jobs.tokens(64, 0, 0)).orElseThrow()).contains("one phase");
        assertThat(refusal(Jobs.tokens(64, 8, 0), "threads=4").orElseThrow()).contains("genai_config.json");
        assertThat(refusal(Jobs.tokens(64, 8, 0), "ignore_eos=false").orElseThrow())
                .contains("always generates");
        assertThat(refusal(Jobs.tokens(64, 8, 0), "backend=cpu").orElseThrow()).contains("backend gpu expected");
    }

    @Test
    void keepsTheFiguresBeforeACrash() throws UnknownOutputException {
        EventLog log = read(NEW + "Segmentation fault (core dumped)\n");
        assertThat(log.turns()).hasSize(1);
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo("crashed"));
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void takesNoWarningFromBeforeTheFiguresForAFailure() throws UnknownOutputException {
        assertThat(read("warning: failed to open file cache.bin\n" + NEW).errors())
                .isEmpty();
    }
}
