package dev.melt.engines.opprofile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.profile.OpCall;
import dev.melt.core.profile.Stage;
import dev.melt.core.profile.Weight;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphDumpTest {
    private static final String ROW =
            " -   1: [  4096,     7,     1]          MUL_MAT   (  1) cpu =  18.562 /  18.562 ms, wall =   5.255 /   5.255 ms";

    private static Recorded read(String text) throws IOException, UnknownOutputException {
        return Recorded.of(ProfileLog.LLAMA_CPP, text);
    }

    /** A graph of two nodes with a list of leafs and a summary. */
    private static String graph(int tokens) {
        return """
                === GRAPH ===
                n_nodes = 2
                 -   0: [  64, %5d,     1]         GET_ROWS   (  1) cpu =   0.003 /   0.003 ms, wall =   0.002 /   0.002 ms
                 -   1: [  64, %5d,     1]          MUL_MAT   (  1) cpu =  10.321 /  10.321 ms, wall =  16.015 /  16.015 ms
                n_leafs = 1
                 -   0: [    64,    64]     NONE blk.0.attn_q.weight
                perf_total_per_op_us[         MUL_MAT] =  16.015 ms
                perf_total_per_op_us[        GET_ROWS] =   0.003 ms
                ========================================
                """.formatted(tokens, tokens);
    }

    private static Recorded readOne(String row) throws IOException, UnknownOutputException {
        return read("n_nodes = 1\n" + row + "\n");
    }

    @Test
    void readsARowToTheNanosecond() throws Exception {
        OpCall call = readOne(ROW).calls.get(0);

        assertThat(call.node()).contains("1");
        assertThat(call.op()).isEqualTo("MUL_MAT");
        assertThat(call.shape()).isEqualTo("[4096,7,1]");
        assertThat(call.calls()).isEqualTo(1);
        assertThat(call.wallNanos()).isEqualTo(5_255_000);
        assertThat(call.cpuNanos()).isEqualTo(OptionalLong.of(18_562_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " -   1: [ 4096, 7, 1]  MUL_MAT x (  1) cpu =  18.562 /  18.562 ms, wall =   5.255 /   5.255 ms",
                " -   1: [ 4096, 7, 1]  MUL_MAT g (  1) cpu =  18.562 /  18.562 ms, wall =   5.255 /   5.255 ms",
                " -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18,562 /  18,562 ms, wall =   5,255 /   5,255 ms",
                " -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18.562 /    -nan ms, wall =   5.255 /    -nan ms",
                "2026-11-20 19:06:11.250 [I] perf:  -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18.562 /  18.562 ms,"
                        + " wall =   5.255 /   5.255 ms",
                "11-20 19:06:11.250  4711  4712 I llama   :  -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18.562 /"
                        + "  18.562 ms, wall =   5.255 /   5.255 ms\r",
                "\u001B[32m -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18.562 /  18.562 ms, wall =   5.255 /   5.255 ms\u001B[0m"
            })
    void readsFlagsCommasPrefixesAndTerminalCodes(String row) throws Exception {
        OpCall plain = readOne(ROW).calls.get(0);

        assertThat(readOne(row).calls).containsExactly(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18.562 /  18.562 ms, wall =   5.2",
                " -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =     nan /     nan ms, wall =   5.255 /   5.255 ms",
                " -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18.562 /  18.562 ms, wall =     inf /     inf ms",
                " -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu =  18.562 /  18.562 ms, wall =  -5.255 /  -5.255 ms",
                " -   1: [ 4096, 7 1]  MUL_MAT   (  1) cpu =  18.562 /  18.562 ms, wall =   5.255 /   5.255 ms",
                " -   1: [ 4096, 7, 1]  MUL_MAT   (  1) cpu = 99999999.0 / 1.0 ms, wall =   5.255 /   5.255 ms"
            })
    void neverMakesAFigureOfADamagedRow(String row) throws Exception {
        Recorded recorded = read("n_nodes = 2\n" + ROW + "\n" + row + "\n");

        assertThat(recorded.calls).hasSize(1);
        assertThat(recorded.faults).containsExactly("graph 0: 2 rows expected, 1 found");
    }

    @Test
    void countsRunsAsCalls() throws Exception {
        String thrice =
                ROW.replace("(  1)", "(  3)").replace("/  18.562", "/   6.187").replace("/   5.255", "/   1.752");

        assertThat(readOne(thrice).calls).singleElement().satisfies(call -> {
            assertThat(call.calls()).isEqualTo(3);
            assertThat(call.wallNanos()).isEqualTo(5_255_000);
        });
    }

    @Test
    void tellsWarmUpPrefillAndDecodeByTokens() throws Exception {
        Recorded recorded = read(graph(2) + graph(1) + graph(19) + graph(1) + graph(1));

        assertThat(recorded.calls)
                .filteredOn(call -> call.op().equals("MUL_MAT"))
                .extracting(call -> call.graph().stage())
                .containsExactly(Stage.WARM_UP, Stage.PREFILL, Stage.PREFILL, Stage.DECODE, Stage.DECODE);
        assertThat(recorded.calls.get(4).graph().tokens()).isEqualTo(OptionalInt.of(19));
    }

    @Test
    void takesAFirstGraphOfThreeTokensForAPrompt() throws Exception {
        assertThat(read(graph(3) + graph(1)).calls)
                .filteredOn(call -> call.op().equals("MUL_MAT"))
                .extracting(call -> call.graph().stage())
                .containsExactly(Stage.PREFILL, Stage.DECODE);
    }

    @Test
    void beginsWithAWarmUpAgainWhenAModelIsLoadedAgain() throws Exception {
        String loading =
                "llama_model_loader: - tensor    0:        token_embd.weight q4_0     [  64, 1024,     1,     1 ]\n";

        assertThat(read(loading + graph(2) + graph(5) + loading + graph(2)).calls)
                .filteredOn(call -> call.op().equals("MUL_MAT"))
                .extracting(call -> call.graph().stage())
                .containsExactly(Stage.WARM_UP, Stage.PREFILL, Stage.WARM_UP);
    }

    @Test
    void doesNotGuessTheStageOfAGraphWithoutLookUp() throws Exception {
        assertThat(readOne(ROW).calls.get(0).graph().stage()).isEqualTo(Stage.OTHER);
    }

    @Test
    void readsWeights() throws Exception {
        Recorded recorded =
                read("llama_model_loader: - tensor   12:    blk.1.ffn_up.weight q4_K     [    64,   128,     1,"
                        + "     1 ]\n" + graph(2));

        assertThat(recorded.weights)
                .containsExactly(new Weight("blk.1.ffn_up.weight", "q4_K", List.of(64L, 128L, 1L, 1L)));
    }

    @Test
    void keepsSummariesApartFromRows() throws Exception {
        Recorded recorded = read(graph(2));

        assertThat(recorded.calls).hasSize(2);
        assertThat(recorded.summaries)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.graph().index()).isZero());
        assertThat(recorded.summaries.get(1).wallNanos()).isEqualTo(3_000);
    }

    @Test
    void passesOverTextBetweenGraphsAndInFrontOfThem() throws Exception {
        String chat = " word" + graph(1).replace("n_leafs", "a line of another stream\nn_leafs");

        Recorded recorded = read("Hello\n" + graph(2) + " [INST] 1: [x] </INST>" + graph(4) + chat + "\nbye\n");

        assertThat(recorded.calls).hasSize(6);
        assertThat(recorded.faults).isEmpty();
    }

    @Test
    void keepsTheRowsOfAGraphThatIsCutOffAndSaysSo() throws Exception {
        String whole = graph(2);
        Recorded recorded = read(whole + graph(7).substring(0, graph(7).indexOf("MUL_MAT")));

        assertThat(recorded.calls).hasSize(3);
        assertThat(recorded.faults).containsExactly("graph 1: 2 rows expected, 1 found");
    }

    @Test
    void leavesOutRowsThatBelongToNoGraphAndSaysSo() throws Exception {
        Recorded recorded = read(ROW + "\n" + graph(2));

        assertThat(recorded.calls).hasSize(2);
        assertThat(recorded.faults).singleElement().asString().startsWith("1 rows that belong to no graph left out");
    }

    @Test
    void readsALineThatIsLongerThanTheBuffer() throws Exception {
        assertThat(readOne("x".repeat(200_000) + ROW).calls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello\n", "n_nodes = 0\n", "n_nodes = 3\nthe end\n"})
    void refusesALogWithoutGraphs(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("'n_nodes = N'")
                .hasMessageContaining("none found");
    }

    @Test
    void readsCarriageReturnsAlone() throws Exception {
        assertThat(read(graph(2).replace("\n", "\r")).calls).hasSize(2);
        assertThat(read(graph(2).replace("\n", "\r\n")).calls).hasSize(2);
    }

    @Test
    void hasNoDevices() throws Exception {
        assertThat(readOne(ROW).calls.get(0).device()).isEqualTo(Optional.empty());
    }
}
