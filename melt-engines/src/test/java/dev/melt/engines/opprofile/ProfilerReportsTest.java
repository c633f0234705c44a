package dev.melt.engines.opprofile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.Stage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfilerReportsTest {
    private static final String AT = "[10:20:30] vm.cc:11: Report from function ";

    private static Recorded read(String text) throws IOException, UnknownOutputException {
        return Recorded.of(ProfileLog.MLC_LLM, text);
    }

    private static String call(String name, int count, String micros) {
        return """
                {"Percent":{"percent":1.5},"Count":{"count":%d},"Device":{"string":"vulkan0"},\
                "Duration (us)":{"microseconds":%s},"Name":{"string":"%s"},\
                "Argument Shapes":{"string":"float16[1, 64]"}}""".formatted(count, micros, name);
    }

    private static String report(String... calls) {
        return "{\"calls\":[" + String.join(",", calls)
                + "],\"device_metrics\":{\"vulkan0\":{\"Name\":{\"string\":\"Total\"},"
                + "\"Device\":{\"string\":\"vulkan0\"},\"Count\":{\"count\":1},\"Duration (us)\":{\"microseconds\":99.5}}},"
                + "\"configuration\":{\"Number of threads\":{\"count\":4},\"Executor\":{\"string\":\"VM\"}}}";
    }

    private static String pieces(String function, String json, int... cuts) {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i <= cuts.length; i++) {
            int from = i == 0 ? 0 : cuts[i - 1];
            int to = i == cuts.length ? json.length() : cuts[i];
            log.append(AT).append(function).append("[" + i + "/" + cuts.length + "]:\n");
            log.append(json.substring(from, to).strip()).append('\n');
        }
        return log.toString();
    }

    @Test
    void readsAReportWithoutPieces() throws Exception {
        Recorded recorded = read(AT + "decode:\n" + report(call("rms_norm1", 32, "54.707999999999998"))
                + "\nName  Duration (us)  Percent\nrms_norm1 54.7 1.5\n");

        assertThat(recorded.calls).singleElement().satisfies(one -> {
            assertThat(one.op()).isEqualTo("rms_norm1");
            assertThat(one.device()).contains("vulkan0");
            assertThat(one.shape()).isEqualTo("float16[1, 64]");
            assertThat(one.calls()).isEqualTo(32);
            assertThat(one.wallNanos()).isEqualTo(54_708);
            assertThat(one.graph().function()).isEqualTo("decode");
            assertThat(one.graph().stage()).isEqualTo(Stage.DECODE);
        });
        assertThat(recorded.devices)
                .singleElement()
                .satisfies(total -> assertThat(total.wallNanos()).isEqualTo(99_500));
        assertThat(recorded.facts).containsEntry("threads", "4").containsEntry("executor", "VM");
        assertThat(recorded.faults).isEmpty();
    }

    @Test
    void readsAReportInOnePiece() throws Exception {
        assertThat(read(AT + "decode[0/0]:\n" + report(call("add", 1, "1.0")) + "\n").calls)
                .hasSize(1);
    }

    @Test
    void readsTheSameWhereverAReportIsCut() throws Exception {
        String json = report(call("add", 1, "1.25"), call("mul", 2, "2.5"));
        Recorded whole = read(AT + "decode:\n" + json + "\n");

        for (int cut = 1; cut < json.length(); cut++) {
            Recorded cutOnce = read(pieces("decode", json, cut));
            assertThat(cutOnce.calls).extracting(OpCall::op).containsExactly("add", "mul");
            assertThat(cutOnce.calls).extracting(OpCall::wallNanos).containsExactly(1250L, 2500L);
            assertThat(cutOnce.devices).isEqualTo(whole.devices);
            assertThat(cutOnce.facts).isEqualTo(whole.facts);
        }
    }

    @Test
    void keepsFunctionsApartWhosePiecesComeMixed() throws Exception {
        String[] decode = pieces("decode ", report(call("add", 1, "1.0")), 40).split("(?<=\n)", -1);
        String[] softmax = pieces("softmax_with_temperature", report(call("exp", 1, "2.0")), 60)
                .split("(?<=\n)", -1);

        Recorded recorded =
                read(decode[0] + decode[1] + softmax[0] + softmax[1] + decode[2] + decode[3] + softmax[2] + softmax[3]);

        assertThat(recorded.calls)
                .extracting(call -> call.graph().function(), OpCall::op)
                .containsExactly(tuple("decode", "add"), tuple("softmax_with_temperature", "exp"));
        assertThat(recorded.calls.get(1).graph().stage()).isEqualTo(Stage.OTHER);
        assertThat(recorded.faults).isEmpty();
    }

    @Test
    void takesPiecesInTurnWhenTwoAreAnnouncedAtOnce() throws Exception {
        String log = AT + "prefill:\n" + AT + "decode:\n" + report(call("a", 1, "1.0")) + "\n"
                + report(call("b", 1, "1.0")) + "\n";

        assertThat(read(log).calls)
                .extracting(call -> call.graph().stage())
                .containsExactly(Stage.PREFILL, Stage.DECODE);
    }

    @Test
    void readsBehindAndroidsLogger() throws Exception {
        String logcat = "11-20 10:20:30.400  4711  4800 I TVM_RUNTIME: ";
        String log = pieces("decode", report(call("add", 1, "1.0")), 50)
                .lines()
                .map(line -> logcat + line + "\r\n")
                .reduce("", String::concat);

        assertThat(read(log).calls).hasSize(1);
    }

    @Test
    void leavesOutAReportThatMissesAPieceAndNamesIt() throws Exception {
        String[] lines = pieces("decode", report(call("add", 1, "1.0")), 30, 60).split("(?<=\n)", -1);
        String whole = AT + "decode:\n" + report(call("mul", 1, "1.0")) + "\n";

        Recorded recorded = read(lines[0] + lines[1] + lines[4] + lines[5] + whole);

        assertThat(recorded.calls).extracting(OpCall::op).containsExactly("mul");
        assertThat(recorded.faults).singleElement().asString().contains("piece 1 of a report expected, piece 2");
    }

    @Test
    void saysThatTheLogEndsInsideAReport() throws Exception {
        String[] lines = pieces("decode", report(call("add", 1, "1.0")), 30).split("(?<=\n)", -1);

        Recorded recorded = read(AT + "decode:\n" + report(call("mul", 1, "1.0")) + "\n" + lines[0] + lines[1]);

        assertThat(recorded.faults)
                .containsExactly("decode: pieces 0 to 1 of a report expected, the log ends before piece 1");
    }

    @Test
    void leavesOutACallWithoutADuration() throws Exception {
        Recorded recorded = read(AT + "decode:\n"
                + report(call("add", 1, "1.0"), call("mul", 1, "-1.0"), call("sub", 1, "1e99"), call("", 1, "1.0"))
                + "\n");

        assertThat(recorded.calls).extracting(OpCall::op).containsExactly("add");
        assertThat(recorded.faults).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello\n",
                "Report from function decode:\n",
                "Report from function decode:\n{\"calls\":[{\"Name\":\n",
                "Report from function decode:\n{\"calls\":[{\"Duration (us)\":{\"microseconds\":inf}}]}\n",
                "Report from function decode[0/2]:\n{\"calls\":[\n"
            })
    void refusesALogWithoutAWholeReport(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("'Report from function NAME:'");
    }

    @Test
    void tellsTheKindsApart() throws Exception {
        assertThat(ProfileLog.recognised(bytes("x\n" + AT + "decode:\n"))).contains(ProfileLog.MLC_LLM);
        assertThat(ProfileLog.recognised(bytes("x\nn_nodes = 5\n"))).contains(ProfileLog.LLAMA_CPP);
        assertThat(ProfileLog.recognised(bytes("x\n"))).isEmpty();
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
