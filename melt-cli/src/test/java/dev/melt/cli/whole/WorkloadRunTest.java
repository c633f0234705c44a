package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.core.event.Event;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.store.StoredTurn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of workload through the real engine, gates, seeds, and what only shows what would be done. */
@DisabledOnOs(OS.WINDOWS)
class WorkloadRunTest {
    @TempDir
    Path folder;

    private Bench bench = new Bench(Path.of("."), Map.of());

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    private List<StoredTurn> turns(JsonNode result) {
        try (RunStore store = bench.store()) {
            return store.turns(result.path("run").asText());
        }
    }

    private List<Integer> tokens(JsonNode result) {
        try (RunStore store = bench.store()) {
            return store.trials(result.path("run").asText()).stream()
                    .map(StoredTrial::id)
                    .flatMap(trial -> store.events(trial).stream())
                    .filter(Event.Token.class::isInstance)
                    .map(event -> ((Event.Token) event).id().orElseThrow())
                    .toList();
        }
    }

    @Test
    void aConversationKeepsItsContextFromTurnToTurn() {
        JsonNode result = bench.run("--workload", "talk", "--trials", "1", "--set", "ignore_eos=true");

        List<StoredTurn> turns = turns(result);
        assertThat(turns).hasSize(5);
        assertThat(turns.get(0).cachedTokens()).hasValue(0);
        for (int i = 1; i < 5; i++) {
            StoredTurn last = turns.get(i - 1);
            assertThat(turns.get(i).cachedTokens().orElseThrow())
                    .isGreaterThanOrEqualTo(last.cachedTokens().orElseThrow()
                            + last.promptTokens().orElseThrow()
                            + last.generatedTokens()
                            - 1);
        }
    }

    @Test
    void aSustainedRunEndsAfterItsTurnsOrItsTime() {
        JsonNode byTurns = bench.run("--workload", "sustained-7turns:talk", "--trials", "1");
        JsonNode byTime = bench.run("--workload", "sustained-1s:talk", "--trials", "1");

        assertThat(turns(byTurns)).hasSize(7);
        List<StoredTurn> turns = turns(byTime);
        long whole = turns.get(turns.size() - 1).endNanos() - turns.get(0).startNanos();
        assertThat(turns).hasSizeGreaterThan(1);
        assertThat(whole).isGreaterThanOrEqualTo(900_000_000L);
    }

    @Test
    void saysHowToGetTheOperatorsOfARunThatHasNone() {
        bench.run("--workload", "pp16-tg4", "--trials", "1");

        Launched launched = bench.melt("ops", "@latest");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.err()).contains("melt run --device local --model mini-q4_0 --workload pp16-tg4 --per-op");
    }

    @Test
    void fillsTheContextToADepthBeforeThePrompt() {
        JsonNode result = bench.run("--workload", "depth-0,256:pp16-tg4", "--trials", "1");

        assertThat(Bench.outcomes(result)).containsOnly("OK");
        assertThat(turns(result)).extracting(StoredTurn::depth).containsExactlyInAnyOrder(0, 256);
        assertThat(Bench.cell(result, "mini-q4_0", "pp16-tg4@d256")
                        .path("figures")
                        .findValuesAsText("metric"))
                .contains("prefill_rate", "decode_rate");
    }

    @Test
    void generatesFromOneTokenOrOnlyEvaluates() {
        JsonNode result = bench.run("--workload", "tg4", "--workload", "pp16", "--trials", "1");

        assertThat(Bench.outcomes(result)).containsExactly("OK", "OK");
        assertThat(Bench.figures(Bench.cell(result, "mini-q4_0", "tg4"))).containsKey("decode_rate");
        assertThat(Bench.figures(Bench.cell(result, "mini-q4_0", "pp16")))
                .containsKey("prefill_rate")
                .doesNotContainKey("decode_rate");
    }

    @Test
    void samplesTheSameTokensWithTheSameSeedAndOthersWithAnother() {
        String[] sampled = {"--workload", "pp16-tg32", "--trials", "1", "--set", "temperature=1.5", "--seed"};
        List<Integer> first = tokens(bench.run(with(sampled, "7")));

        assertThat(first).hasSize(32);
        assertThat(tokens(bench.run(with(sampled, "7")))).isEqualTo(first);
        assertThat(tokens(bench.run(with(sampled, "8")))).isNotEqualTo(first);
    }

    private static String[] with(String[] args, String last) {
        return Stream.concat(Stream.of(args), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void aGateThatCannotOpenRefusesTheTrial() {
        Launched launched = bench.melt(
                "run",
                "--device",
                "local",
                "--model",
                "mini",
                "--workload",
                "tg4",
                "--trials",
                "2",
                "--json",
                "--gate",
                "memory=1e15,timeout=0");

        assertThat(launched.exitCode()).isEqualTo(1);
        JsonNode result = Bench.json(launched);
        assertThat(Bench.outcomes(result)).containsExactly("REFUSED", "REFUSED");
        assertThat(Bench.trials(result).get(0).path("cause").asText()).contains("available memory");
        assertThat(bench.foldersOnDevice()).isEmpty();
    }

    @Test
    void aGateThatOpensLetsTheTrialPass() {
        JsonNode result = bench.run("--workload", "tg4", "--trials", "1", "--gate", "memory=1e6,battery=0.2");

        assertThat(Bench.outcomes(result)).containsExactly("OK");
        assertThat(result.findValuesAsText("kind")).contains("GATE_NOT_READABLE");
    }

    @Test
    void aDryRunTouchesNothing() {
        Launched launched = bench.melt(
                "run", "--device", "local", "--model", "mini,tiny", "--workload", "pp16-tg8,tg4", "--dry-run");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.out()).contains("4 cells, 20 trials", "mini-q4_0 (synthetic, to be made)", "pp16-tg8");
        assertThat(Bench.names(bench.home().resolve("models"))).isEmpty();
        assertThat(Bench.names(bench.home().resolve("device"))).isEmpty();
        assertThat(bench.home().resolve("melt.db")).doesNotExist();
    }

    @Test
    void theCommandThatItShowsRuns() throws Exception {
        Launched launched =
                bench.melt("run", "--device", "local", "--model", "mini", "--workload", "pp16-tg4", "--print-cmd");
        assertThat(launched.exitCode()).as(launched.err()).isZero();

        Path place = Files.createDirectory(folder.resolve("pasted"));
        Path script = Files.writeString(place.resolve("pasted.sh"), launched.out());
        Process process = new ProcessBuilder("sh", script.toString())
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(place.resolve("out").toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(read(place.resolve("out"))).isZero();
        assertThat(OnDevice.finishedTurns(place)).containsExactly(0);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void progressOnStandardOutputIsNothingButObjects() {
        Launched launched = bench.melt(
                "run",
                "--device",
                "local",
                "--model",
                "mini",
                "--workload",
                "tg4",
                "--trials",
                "1",
                "--idle",
                "0s",
                "--events",
                "-");

        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        assertThat(launched.out().lines())
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(Bench.json(line).path("event").asText()).isNotEmpty());
    }
}
