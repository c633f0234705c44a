package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** MELT, the engine or both end in the middle of a run; nothing of what was done is lost or done twice. */
@EnabledOnOs(OS.LINUX)
class BrokenRunTest {
    private static final List<String> TALK = List.of(
            "run",
            "--device",
            "local",
            "--model",
            "tiny",
            "--workload",
            "talk",
            "--threads",
            "1",
            "--idle",
            "0s",
            "--set",
            "ignore_eos=true",
            "--json");
    private static final int TURNS = 5;

    /** Long enough that a turn takes a noticeable part of a second. */
    private static final int TOKENS = 300;

    @TempDir
    Path folder;

    private Bench bench = new Bench(Path.of("."), java.util.Map.of());

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    private MeltProcess start(int tokensOfATurn, String... more) {
        List<String> args = new ArrayList<>(TALK);
        args.addAll(List.of("--generate", Integer.toString(tokensOfATurn)));
        args.addAll(List.of(more));
        return bench.start(args.toArray(String[]::new));
    }

    private JsonNode resume(String run) {
        Launched resumed = bench.melt("resume", run, "--json", "--events", events().toString());
        assertThat(resumed.exitCode()).as(resumed.err()).isIn(0, 3);
        return Bench.json(resumed);
    }

    private Path events() {
        return folder.resolve("resumed.jsonl");
    }

    @Test
    void takesTheResultsOfTheEngineThatOutlivedMelt() throws IOException {
        MeltProcess melt = start(500, "--trials", "5");
        OnDevice third = OnDevice.running(bench, 2, 1).withTurns(1);
        melt.kill();
        assertThat(ProcessHandle.of(third.engine())).as("the engine").isPresent();

        JsonNode result = resume(third.run());

        assertThat(Bench.outcomes(result)).hasSize(5).containsOnly("OK");
        assertThat(Bench.trials(result))
                .allSatisfy(trial -> assertThat(trial.path("attempt").asInt()).isEqualTo(1));
        List<JsonNode> started = Files.readAllLines(events()).stream()
                .map(Bench::json)
                .filter(line -> line.path("event").asText().equals("trial_started"))
                .toList();
        assertThat(started).hasSize(3);
        assertThat(started.get(0).path("found").asBoolean()).isTrue();
        assertThat(started.get(1).path("found").asBoolean()).isFalse();
        assertThat(workers(third.run())).as("each started once").hasSize(5).doesNotHaveDuplicates();
        assertThat(bench.foldersOnDevice()).isEmpty();
    }

    /** Process ids of all workers that wrote a log. */
    private List<Integer> workers(String run) throws IOException {
        try (Stream<Path> files = Files.walk(bench.home().resolve("runs").resolve(run))) {
            return files.filter(file -> file.endsWith("events.jsonl"))
                    .map(file -> OnDevice.event(file.resolveSibling("."), "engine")
                            .map(line -> line.path("pid").asInt())
                            .orElseThrow())
                    .toList();
        }
    }

    @Test
    void goesOnAtTheFirstUnfinishedTurnWhenTheEngineWasKilledToo() {
        MeltProcess melt = start(TOKENS, "--trials", "2");
        OnDevice second = OnDevice.running(bench, 1, 1).withTurns(2);
        melt.kill();
        second.watchers().forEach(ProcessHandle::destroyForcibly);
        ProcessHandle.of(second.engine()).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() ->
                ProcessHandle.of(second.engine()).filter(ProcessHandle::isAlive).isEmpty());

        JsonNode result = resume(second.run());

        assertThat(Bench.outcomes(result)).as(Bench.trials(result).toString()).containsExactly("OK", "OK");
        String trial = Bench.trials(result).get(1).path("id").asText();
        Path raw = bench.home()
                .resolve("runs")
                .resolve(second.run())
                .resolve("trials")
                .resolve(trial);
        List<Integer> before = OnDevice.finishedTurns(raw.resolve("a1"));
        List<Integer> after = OnDevice.finishedTurns(raw.resolve("a2"));
        assertThat(before).hasSizeBetween(2, TURNS - 1);
        assertThat(new HashSet<>(before)).doesNotContainAnyElementsOf(after);
        assertThat(before.size() + after.size()).isEqualTo(TURNS);
        assertThat(OnDevice.event(raw.resolve("a2"), "prefill")
                        .orElseThrow()
                        .path("cached")
                        .asInt())
                .as("tokens of what was said before")
                .isGreaterThan(2 * TOKENS);
        assertStored(trial);
    }

    private void assertStored(String trial) {
        try (RunStore store = bench.store()) {
            String run = store.runs().get(0).id();
            List<StoredTurn> turns = store.turns(run).stream()
                    .filter(turn -> turn.trialId().equals(trial))
                    .toList();
            assertThat(turns)
                    .hasSize(TURNS)
                    .allSatisfy(turn -> assertThat(turn.generatedTokens()).isEqualTo(TOKENS));
            assertThat(store.trial(trial).attempt()).isEqualTo(2);
        }
    }

    @Test
    void takesTheResultsOfAnEngineThatEndedMeanwhile() {
        MeltProcess melt = start(100, "--trials", "1");
        OnDevice only = OnDevice.running(bench, 0, 1);
        melt.kill();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(only.folder().resolve("exit")));

        JsonNode result = resume(only.run());

        assertThat(Bench.outcomes(result)).containsExactly("OK");
        assertThat(Bench.trials(result).get(0).path("attempt").asInt()).isEqualTo(1);
    }

    @Test
    void aKilledEngineOrAgentLeavesAHoleAndTheNextTrialRuns() {
        MeltProcess melt = start(TOKENS, "--trials", "4");
        Signals.send("KILL", OnDevice.running(bench, 0, 1).withTurns(1).engine());
        Signals.send("SEGV", OnDevice.running(bench, 1, 1).withTurns(1).engine());

        OnDevice third = OnDevice.running(bench, 2, 1).withTurns(1);
        long orphan = third.engine();
        third.watchers().forEach(ProcessHandle::destroyForcibly);

        assertThat(melt.end()).isEqualTo(3);

        assertGone(orphan, "the engine without its agent");
        JsonNode result = Bench.json(melt.text(melt.out()));
        assertThat(Bench.outcomes(result)).containsExactly("OUT_OF_MEMORY", "CRASHED", "CRASHED", "OK");
        assertThat(Bench.trials(result).get(0).path("cause").asText()).contains("signal 9");
        assertThat(Bench.trials(result).get(1).path("cause").asText()).contains("signal");
        assertThat(bench.melt("explain", result.path("run").asText()).out())
                .contains("OUT_OF_MEMORY", "CRASHED", "a1/status:", "do: ");
    }

    @Test
    void ctrlCStopsTheEngineAndKeepsWhatThereIs() {
        MeltProcess melt = start(TOKENS, "--trials", "3");
        OnDevice second = OnDevice.running(bench, 1, 1).withTurns(1);
        long engine = second.engine();
        melt.interrupt();

        assertThat(melt.end()).as(melt.text(melt.err())).isEqualTo(130);

        assertGone(engine, "the engine");
        JsonNode stopped = Bench.json(bench.melt("show", second.run(), "--json"));
        assertThat(stopped.path("state").asText()).isEqualTo("INTERRUPTED");
        assertThat(Bench.outcomes(stopped)).containsExactly("OK", "INTERRUPTED", "");

        JsonNode result = resume(second.run());

        assertThat(Bench.outcomes(result)).containsExactly("OK", "OK", "OK");
        assertThat(Bench.trials(result))
                .extracting(trial -> trial.path("attempt").asInt())
                .containsExactly(1, 2, 1);
        assertStored(Bench.trials(result).get(1).path("id").asText());
    }

    @Test
    void endsAnEngineAtItsDeadline() {
        MeltProcess melt = start(500, "--trials", "1", "--timeout", "1s", "--workload", "sustained-1h:talk");

        melt.end();

        JsonNode result = Bench.json(melt.text(melt.out()));
        assertThat(Bench.outcomes(result)).contains("TIMED_OUT");
    }

    /** A process that ended is seen until its parent, which may be the system's first process, has taken note. */
    private static void assertGone(long pid, String what) {
        await().alias(what)
                .atMost(Duration.ofSeconds(20))
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }
}
