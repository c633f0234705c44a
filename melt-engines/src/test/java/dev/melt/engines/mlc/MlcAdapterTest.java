package dev.melt.engines.mlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.Saved;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlcAdapterTest {
    private static final String STREAM = Saved.fixture("mlc-llm/serve-stream.txt");
    private static final String EVALUATE = Saved.fixture("mlc-llm/evaluate.txt");
    private static final String VERBOSE = Saved.fixture("mlc-llm/stats-verbose.txt");
    private static final String MELTS_JSON = """
            [INST]: /stats
            {"prefill": {"throughput": "100.0 tok/s", "total_tokens": "50 tok", "total_time": "0.5 s"},
             "decode": {"throughput": "20.0 tok/s", "total_tokens": "40 tok", "total_time": "2.0 s"}}
            """;

    private final MlcAdapter adapter = new MlcAdapter();

    @TempDir
    private Path folder;

    private EventLog read(String text) throws UnknownOutputException {
        return adapter.read(Saved.file(folder, text));
    }

    private static Event.Prefill prefill(EventLog log) {
        return Saved.events(log, Event.Prefill.class).get(0);
    }

    private static Event.Decode decode(EventLog log) {
        return Saved.events(log, Event.Decode.class).get(0);
    }

    @Test
    void readsTheServersOwnTimesOutOfAStream() throws UnknownOutputException {
        EventLog log = read(STREAM);
        assertThat(prefill(log).tokens()).isEqualTo(32);
        assertThat(Saved.seconds(prefill(log))).isEqualTo(0.1);
        assertThat(decode(log).steps()).isEqualTo(20);
        assertThat(Saved.seconds(decode(log))).isEqualTo(0.5);
        assertThat(log.turns().get(0).generated()).isEqualTo(21);
        assertThat(log.answers()).containsEntry(0, "Blue, {for} one.");
    }

    @Test
    void readsAnAnswerThatWasNotStreamed() throws UnknownOutputException {
        String usage = STREAM.substring(STREAM.indexOf("\"usage\":{"), STREAM.indexOf("\n\ndata: [DONE]"));
        EventLog log =
                read("{\"id\":\"c\",\"object\":\"chat.completion\",\"choices\":[{\"message\":{\"content\":\"Blue\"}}],"
                        + usage + "\n");
        assertThat(decode(log).steps()).isEqualTo(20);
        assertThat(log.answers()).containsEntry(0, "Blue");
    }

    @Test
    void refusesAStreamThatBreaksOffBeforeItsUsage() {
        assertThatThrownBy(() -> read(STREAM.substring(0, STREAM.lastIndexOf("\"extra\""))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("usage with the server's own times (extra) expected");
        assertThatThrownBy(() ->
                        read(STREAM + STREAM.replace("chatcmpl-1", "chatcmpl-2").substring(0, 300)))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageEndingWith("none found for answer chatcmpl-2");
    }

    @Test
    void namesARefusalOfTheServer() throws UnknownOutputException {
        EventLog log =
                read("{\"object\":\"error\",\"message\":\"Request prompt has 9000 tokens in total, larger than the "
                        + "model input length limit 4096.\",\"code\":400}");
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo("prompt_too_long"));
    }

    @Test
    void statesRatesThatNoCountComesWith() throws UnknownOutputException {
        EventLog log = read("[INST]: /stats\nprefill: 50.5 tok/s, decode: 10.25 tok/s\n");
        assertThat(log.figures())
                .containsExactly(
                        StatedFigure.ofTurn("prefill_rate", 0, 50.5), StatedFigure.ofTurn("decode_rate", 0, 10.25));
        assertThat(log.perf().get(0).decode().rate()).hasValue(10.25);
    }

    @Test
    void readsTheCountsOfMeltsLine() throws UnknownOutputException {
        EventLog log = read("input_tokens:50 tok, output_tokens: 40 tok, prefill: 100.0 tok/s, decode: 20.0 tok/s");
        assertThat(Saved.seconds(prefill(log))).isEqualTo(0.5);
        assertThat(decode(log).steps()).isEqualTo(40);
        assertThat(log.figures()).isEmpty();
    }

    @Test
    void readsMeltsJsonBetweenOtherLines() throws UnknownOutputException {
        EventLog log = read(MELTS_JSON + "prefill: 100.0 tok/s, decode: 20.0 tok/s\n");
        assertThat(log.turns()).hasSize(1);
        assertThat(Saved.seconds(decode(log))).isEqualTo(2.0);
    }

    @Test
    void leavesOutStatisticsFromBeforeTheFirstAnswer() throws UnknownOutputException {
        EventLog log = read("prefill: nan tok/s, decode: inf tok/s\nprefill: 50.5 tok/s, decode: 10.25 tok/s\n");
        assertThat(log.turns()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n06-16 12:06:38.752  8826  8826 I MLCChat: "})
    void readsTheVerboseBlock(String lineEnd) throws UnknownOutputException {
        EventLog log = read(VERBOSE.replace("\n", lineEnd));
        assertThat(prefill(log).tokens()).isEqualTo(20);
        assertThat(Saved.seconds(prefill(log))).isEqualTo(0.2);
        assertThat(decode(log).steps()).isEqualTo(30);
        assertThat(Saved.seconds(decode(log))).isEqualTo(0.75);
    }

    @Test
    void refusesABlockThatBreaksOff() {
        assertThatThrownBy(() -> read(VERBOSE.substring(0, VERBOSE.lastIndexOf("total tokens"))))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void readsTheTimeOfEachTokenOfAnEvaluation() throws UnknownOutputException {
        EventLog log = read(EVALUATE);
        assertThat(prefill(log).tokens()).isEqualTo(64);
        assertThat(Saved.events(log, Event.Token.class))
                .extracting(Event.Token::endNanos)
                .containsExactly(40_500_000L, 50_500_000L, 63_000_000L, 70_500_000L);
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void saysWhenAnEvaluationIsShorterThanAskedFor() throws UnknownOutputException {
        EventLog log = read(EVALUATE.substring(0, EVALUATE.indexOf("[10:00:01] llm_chat.cc:689: [i: 2]")));
        assertThat(log.endedWell()).contains(false);
        assertThat(Saved.events(log, Event.Token.class)).hasSize(3);
    }

    @Test
    void refusesAnEvaluationWithAHole() {
        assertThatThrownBy(() -> read(EVALUATE.replace("[i: 1]", "[i: 7]")))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("decoding step 1");
        assertThatThrownBy(() -> read(EVALUATE.substring(0, EVALUATE.indexOf("[10:00:01] llm_chat.cc:689"))))
                .isInstanceOf(UnknownOutputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", Saved.OTHER_ENGINE, "[]", "[{\"ph\":", "{\"usage\": {}}"})
    void refusesWhatItDoesNotKnow(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnknownOutputException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "opencl_module.cc: TVMError: build error: CL_OUT_OF_HOST_MEMORY|out_of_memory",
                "12-04 18:37:04.362 1 2 A TVM_RUNTIME: OpenCL Error, code=-61: CL_INVALID_BUFFER_SIZE|out_of_memory",
                "InternalError: Vulkan Error, code=-2: VK_ERROR_OUT_OF_DEVICE_MEMORY|out_of_memory",
                "ValueError: The model weight size may be larger than GPU memory size|out_of_memory",
                "ValueError: Cannot find model library that corresponds to None|model_missing",
                "InternalError: Check failed: OpenCL Error, code=-36: CL_INVALID_COMMAND_QUEUE|backend_runtime",
                "libc++abi: terminating due to uncaught exception of type tvm::runtime::Error|crashed"
            })
    void namesFailures(String line, String kind) throws UnknownOutputException {
        EventLog log = read("starting\n" + line + "\n");
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo(kind));
        assertThat(log.events()).isEmpty();
        assertThat(log.endedWell()).contains(false);
    }

    @Test
    void readsTheEventsThatAClientWrote() throws UnknownOutputException {
        EventLog log = adapter.read(Saved.trial(folder, Map.of("stdout", "INFO: started\n", "events.jsonl", """
                                {"e":"turn","turn":0,"start":5}
                                {"e":"turn_end","turn":0,"end":9,"generated":1}
                                {"e":"end","ok":true}
                                """)));
        assertThat(log.turns()).hasSize(1);
    }

    @Test
    void refusesPhonesWithAWayOut() {
        Device phone = Jobs.device(Platform.ANDROID);
        EngineJob job = Jobs.job(Jobs.bundle("mlc-llm", "gpu", folder, "mlc_llm"), Jobs.texts(4, "a"));
        assertThat(adapter.refuse(job, phone).orElseThrow().message())
                .isEqualTo(
                        "[dev] engine mlc-llm: a device that starts programs expected, a phone found, where MLC-LLM is part "
                                + "of an app; run the app and read what it wrote: melt parse mlc-llm FILE");
    }

    @Test
    void refusesWhatTheServerCannotBeTold() {
        Device board = Jobs.device(Platform.JETSON);
        EngineJob job = Jobs.job(
                Jobs.bundle("mlc-llm", "gpu", folder, "mlc_llm", "model/mlc-chat-config.json"),
                Jobs.texts(4, "a"),
                "top_k=3");
        assertThat(adapter.refuse(job, board).orElseThrow().message()).contains("top_k=3 found");
    }

    @Test
    void servesTheModelOfTheBundleOnABoard() {
        Device board = Jobs.device(Platform.JETSON);
        EngineJob job = Jobs.job(
                Jobs.bundle("mlc-llm", "gpu", folder, "bin/mlc_llm", "model/mlc-chat-config.json"),
                Jobs.texts(4, "a"),
                "context=2048");
        assertThat(adapter.refuse(job, board)).isEmpty();
        Invocation invocation = adapter.invocation(job, board, Jobs.PLACEMENT);
        String alias = "melt-"
                + invocation.ports().stream().map(String::valueOf).collect(java.util.stream.Collectors.joining("-"));
        assertThat(invocation.command()).containsExactly("sh", "serve.sh");
        assertThat(invocation.environment()).containsEntry("OWN", "/device/store/bundle/x");
        assertThat(invocation.inputs().get("serve.sh"))
                .startsWith("ln -s /device/store/bundle/model " + alias + "\n")
                .contains("/device/store/bundle/bin/mlc_llm serve " + alias + " --mode interactive --enable-debug "
                        + "--device cuda --overrides context_window_size=2048 --prefix-cache-mode disable "
                        + "--host 127.0.0.1 --port $PORT");
    }

    @Test
    void keepsTheFiguresBeforeACrash() throws UnknownOutputException {
        EventLog log = read("prefill: 50.5 tok/s, decode: 10.25 tok/s\nInternalError: Vulkan Error, code=-4\n");
        assertThat(log.turns()).hasSize(1);
        assertThat(log.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.kind()).isEqualTo("backend_runtime"));
        assertThat(log.endedWell()).contains(false);
    }
}
