package dev.melt.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.Event;
import dev.melt.core.event.Phase;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpProfileTest {
    private static Graph graph(int index, Stage stage, int tokens) {
        return new Graph("", index, Graph.UNNAMED, stage, OptionalInt.of(tokens));
    }

    private static OpCall call(Graph graph, int node, String op, long wall, long cpu) {
        return new OpCall(
                graph,
                Optional.of(Integer.toString(node)),
                op,
                Optional.empty(),
                "[1,1,1]",
                1,
                wall,
                OptionalLong.of(cpu));
    }

    private static OpProfile merged(Merging merging, boolean stagesApart, List<OpCall> calls) {
        OpProfile profile = new OpProfile(merging, stagesApart);
        calls.forEach(profile::call);
        return profile;
    }

    private static List<OpCall> twoStages() {
        Graph prompt = graph(0, Stage.PREFILL, 5);
        Graph step = graph(1, Stage.DECODE, 1);
        return List.of(
                call(prompt, 0, "MUL_MAT", 300, 900),
                call(prompt, 1, "ADD", 100, 100),
                call(prompt, 2, "MUL_MAT", 600, 700),
                call(step, 0, "MUL_MAT", 30, 60),
                call(step, 1, "ADD", 10, 10));
    }

    @Test
    void keepsStagesApartAndPutsTheLongestFirst() {
        assertThat(merged(Merging.OP, true, twoStages()).rows())
                .extracting(row -> row.stage().orElseThrow(), MergedOps::label, MergedOps::calls, MergedOps::wallNanos)
                .containsExactly(
                        tuple(Stage.PREFILL, "MUL_MAT", 2L, 900L),
                        tuple(Stage.PREFILL, "ADD", 1L, 100L),
                        tuple(Stage.DECODE, "MUL_MAT", 1L, 30L),
                        tuple(Stage.DECODE, "ADD", 1L, 10L));
    }

    @Test
    void sharesAreTotalOverTotalOfTheStage() {
        List<MergedOps> rows = merged(Merging.OP, true, twoStages()).rows();

        assertThat(rows.get(0).share().orElseThrow()).isEqualTo(0.9);
        assertThat(rows.get(2).share().orElseThrow()).isEqualTo(0.75);
    }

    @Test
    void mergesStagesOnlyWhenAsked() {
        List<MergedOps> rows = merged(Merging.OP, false, twoStages()).rows();

        assertThat(rows).extracting(MergedOps::wallNanos).containsExactly(930L, 110L);
        assertThat(rows).extracting(MergedOps::stage).containsOnly(Optional.empty());
        assertThat(rows.get(0).share().orElseThrow()).isCloseTo(930 / 1040.0, within(1e-12));
    }

    @Test
    void mergesByPlaceInTheGraph() {
        assertThat(merged(Merging.MODULE, false, twoStages()).rows())
                .extracting(MergedOps::label, MergedOps::graphs, MergedOps::wallNanos)
                .containsExactly(tuple("2 MUL_MAT", 1L, 600L), tuple("0 MUL_MAT", 2L, 330L), tuple("1 ADD", 2L, 110L));
    }

    @Test
    void sumsOfMergedRowsAreThoseOfTheCallsToTheNanosecond() {
        Random random = new Random(7);
        List<Stage> stages = List.of(Stage.values());
        OpProfile profile = new OpProfile(Merging.OP, true);
        long wall = 0;
        long cpu = 0;
        for (int i = 0; i < 10_000; i++) {
            OpCall one = call(
                    graph(i / 10, stages.get(i / 10 % 4), 1),
                    i % 10,
                    "OP" + i % 7,
                    random.nextInt(1_000_000_000),
                    random.nextInt(1_000_000_000));
            profile.call(one);
            wall += one.wallNanos();
            cpu += one.cpuNanos().orElseThrow();
        }

        assertThat(profile.rows().stream().mapToLong(MergedOps::wallNanos).sum())
                .isEqualTo(wall);
        assertThat(profile.rows().stream()
                        .mapToLong(row -> row.cpuNanos().orElseThrow())
                        .sum())
                .isEqualTo(cpu);
        assertThat(profile.totals().stream().mapToLong(StageTotal::wallNanos).sum())
                .isEqualTo(wall);
    }

    @Test
    void hasNoProcessorTimeWhereOneRowLacksIt() {
        Graph graph = graph(0, Stage.DECODE, 1);
        OpCall without = new OpCall(graph, Optional.empty(), "ADD", Optional.empty(), "", 1, 5, OptionalLong.empty());
        List<MergedOps> rows = merged(Merging.OP, true, List.of(call(graph, 0, "ADD", 5, 5), without))
                .rows();

        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.cpuNanos()).isEmpty();
            assertThat(row.wallNanos()).isEqualTo(10);
        });
    }

    @Test
    void countsGraphsAndTokensOfAStage() {
        List<OpCall> calls = List.of(
                call(graph(0, Stage.PREFILL, 5), 0, "ADD", 1, 1),
                call(graph(0, Stage.PREFILL, 5), 1, "ADD", 1, 1),
                call(graph(1, Stage.PREFILL, 7), 0, "ADD", 1, 1));

        assertThat(merged(Merging.OP, true, calls).totals())
                .containsExactly(new StageTotal(Stage.PREFILL, 2, OptionalLong.of(12), 3, 3, OptionalLong.of(3)));
    }

    @Test
    void givesNoShareAndNoMeanOfNothing() {
        OpCall idle = new OpCall(
                graph(0, Stage.DECODE, 1), Optional.empty(), "VIEW", Optional.empty(), "", 0, 0, OptionalLong.empty());

        assertThat(merged(Merging.OP, true, List.of(idle)).rows())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.share()).isEmpty();
                    assertThat(row.meanNanos()).isEmpty();
                });
    }

    @Test
    void neverAddsTheEnginesOwnSummariesToTheCalls() {
        OpProfile profile = merged(Merging.OP, true, twoStages());
        profile.summary(new SummaryLine(graph(0, Stage.PREFILL, 5), "ADD", 1000));

        assertThat(profile.totals().stream().mapToLong(StageTotal::wallNanos).sum())
                .isEqualTo(1040);
        assertThat(profile.summaries()).containsExactly(new OpProfile.SummaryTotal(Stage.PREFILL, "ADD", 1000));
    }

    @Test
    void takesTheEventsOfTheEmbeddedEngine() {
        Event.Op first = new Event.Op(0, Phase.PREFILL, 0, "MUL_MAT", "Qcur-0", "q4_0", "[64]", 100, 400);
        Event.Op second = new Event.Op(1, Phase.DECODE, 0, "ADD", "l_out-0", "f32", "[64]", 500, 600);
        OpProfile profile = merged(
                Merging.MODULE,
                true,
                List.of(OpCall.of("t1", first), OpCall.of("t1", second), OpCall.of("t2", second)));

        assertThat(profile.rows())
                .extracting(MergedOps::label, MergedOps::graphs, MergedOps::wallNanos)
                .containsExactly(tuple("Qcur-0 MUL_MAT", 1L, 300L), tuple("l_out-0 ADD", 2L, 200L));
    }

    @Test
    void keepsTwentyFaultsAndCountsTheRest() {
        OpProfile profile = new OpProfile(Merging.OP, true);
        for (int i = 0; i < 25; i++) {
            profile.fault("fault " + i);
        }

        assertThat(profile.faults()).hasSize(21).endsWith("fault 19", "and 5 more like these");
    }
}
