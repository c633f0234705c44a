package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.melt.cli.Launched;
import dev.melt.core.event.Event;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One run of two models and two workloads, and everything that can be asked of it afterwards. */
@DisabledOnOs(OS.WINDOWS)
class MatrixRunTest {
    private static final int CELLS = 4;
    private static final int TRIALS = CELLS * (1 + 2 + 1);

    @TempDir
    static Path folder;

    private static Bench bench = new Bench(Path.of("."), Map.of());
    private static JsonNode result = MissingNode.getInstance();
    private static String id = "";

    @BeforeAll
    static void runTheMatrix() {
        bench = Bench.in(folder);
        result = bench.run(
                "--model",
                "mini,mini-q8_0",
                "--workload",
                "pp16-tg8",
                "--workload",
                "tg4",
                "--trials",
                "2",
                "--warmups",
                "1",
                "--per-op",
                "--events",
                folder.resolve("events.jsonl").toString());
        id = result.path("run").asText();
    }

    @Test
    void everyTrialEndsWell() {
        assertThat(Bench.outcomes(result)).hasSize(TRIALS).containsOnly("OK");
        assertThat(result.path("state").asText()).isEqualTo("DONE");
    }

    @Test
    void givesEveryFigureOfLatencyAndMemoryOverTheMeasuredTrialsOnly() {
        JsonNode cell = Bench.cell(result, "mini-q8_0", "pp16-tg8");

        assertThat(Bench.figures(cell))
                .containsKeys(
                        "load_time",
                        "ttft",
                        "prefill_rate",
                        "prefill_rate_engine",
                        "decode_rate",
                        "decode_rate_engine",
                        "tpot",
                        "itl_p50",
                        "itl_p90",
                        "turn_time",
                        "peak_rss",
                        "kv_bytes",
                        "model_bytes",
                        "rate_cv");
        assertThat(Bench.figures(cell)).containsEntry("prompt_tokens", 16.0).containsEntry("generated_tokens", 8.0);
        assertThat(cell.path("figures"))
                .filteredOn(f -> f.path("metric").asText().equals("ttft"))
                .singleElement()
                .satisfies(ttft -> assertThat(ttft.path("n").asInt()).isEqualTo(2));
        assertThat(cell.path("synthetic").asBoolean()).isTrue();
    }

    @Test
    void timesOperatorsOutsideTheMeasuredTrials() {
        JsonNode shares = Bench.cell(result, "mini-q4_0", "pp16-tg8").path("operators");

        double decode = 0;
        for (JsonNode share : shares) {
            if (share.path("metric").asText().contains("decode")) {
                decode += share.path("value").asDouble();
            }
        }
        assertThat(shares.findValuesAsText("metric").toString()).contains("MUL_MAT");
        assertThat(decode).isCloseTo(1, within(0.01));
    }

    @Test
    void mergesTheOperatorsOfEachCellByThemselves() {
        JsonNode calls = Bench.json(bench.melt("ops", "@latest", "--by", "call", "--json"));
        JsonNode merged = Bench.json(bench.melt("ops", id, "--json"));

        long wall = 0;
        for (JsonNode call : calls.path("calls")) {
            wall += call.path("wall_ns").asLong();
        }
        long sum = 0;
        for (JsonNode cell : merged.path("profiles")) {
            for (JsonNode row : cell.path("rows")) {
                sum += row.path("wall_ns").asLong();
            }
        }
        assertThat(merged.path("profiles")).hasSize(CELLS);
        assertThat(sum).isEqualTo(wall).isPositive();
        assertThat(bench.melt("ops", id, "--by", "module").out()).contains("mini-q8_0, tg4", "prefill  ", "decode  ");
    }

    @Test
    void runsWarmUpsThenShuffledBlocksThenProfiles() {
        try (RunStore store = bench.store()) {
            List<List<String>> blocks = new ArrayList<>();
            List<StoredTrial> trials = store.trials(id);
            for (int first = 0; first < trials.size(); first += CELLS) {
                blocks.add(trials.subList(first, first + CELLS).stream()
                        .map(StoredTrial::cellId)
                        .toList());
            }
            assertThat(blocks)
                    .hasSize(4)
                    .allSatisfy(block -> assertThat(new HashSet<>(block)).hasSize(CELLS));
            assertThat(new HashSet<>(blocks)).as("orders of the blocks").hasSizeGreaterThan(1);
        }
    }

    @Test
    void storesTurnsEventsSamplesAndFiguresOfEachTrial() {
        try (RunStore store = bench.store()) {
            Set<String> withFigures =
                    store.figures(id).stream().map(m -> m.trialId()).collect(Collectors.toSet());
            assertThat(store.turns(id)).hasSize(TRIALS);
            assertThat(store.snapshots(id)).hasSize(2);
            assertThat(store.trials(id)).allSatisfy(trial -> {
                assertThat(withFigures).contains(trial.id());
                assertThat(trial.attempt()).isEqualTo(1);
                assertThat(store.channels(trial.id()))
                        .extracting(channel -> channel.channel().name())
                        .contains("memory/engine-rss");
                assertThat(store.events(trial.id())).hasAtLeastOneElementOfType(Event.Token.class);
            });
        }
    }

    @Test
    void sameSeedGivesTheSameTokensInEachTrialOfACell() {
        try (RunStore store = bench.store()) {
            var tokens = store.trials(id).stream()
                    .collect(Collectors.groupingBy(
                            StoredTrial::cellId, Collectors.mapping(t -> tokens(store, t), Collectors.toSet())));
            assertThat(tokens)
                    .hasSize(CELLS)
                    .allSatisfy((cell, found) -> assertThat(found).hasSize(1));
        }
    }

    private static List<Integer> tokens(RunStore store, StoredTrial trial) {
        return store.events(trial.id()).stream()
                .filter(Event.Token.class::isInstance)
                .map(event -> ((Event.Token) event).id().orElseThrow())
                .toList();
    }

    @Test
    void keepsTheRawFilesWithTheirDigests() {
        try (RunStore store = bench.store()) {
            assertThat(store.trials(id)).allSatisfy(trial -> {
                List<Artifact> artifacts = store.artifacts(trial.id());
                assertThat(artifacts)
                        .extracting(Artifact::name)
                        .contains("a1/events.jsonl", "a1/samples.tsv", "a1/status", "a1/request.json", "a1/stderr");
                assertThat(artifacts)
                        .allSatisfy(artifact -> assertThat(sha256(bench.home().resolve(artifact.path())))
                                .isEqualTo(artifact.sha256()));
            });
        }
    }

    private static String sha256(Path file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void leavesNoTrialOnTheDevice() {
        assertThat(bench.foldersOnDevice()).isEmpty();
    }

    @Test
    void showsTheSameAgain() {
        assertThat(Bench.json(bench.melt("show", id, "--json"))).isEqualTo(result);
        assertThat(bench.melt("show", id).out()).contains("decode_rate", "(synthetic)", "energy not measured");
        assertThat(bench.melt("runs").out()).contains(id);
        assertThat(bench.melt("explain", id, "--json").exitCode()).isZero();
    }

    @Test
    void computesTheSameFiguresFromTheRawFilesAgain() {
        assertThat(bench.melt("reparse", id)).satisfies(launched -> {
            assertThat(launched.exitCode()).as(launched.err()).isZero();
            assertThat(launched.out()).contains(TRIALS + " trials");
        });

        assertThat(Bench.json(bench.melt("show", id, "--json"))).isEqualTo(result);
    }

    @Test
    void exportsTidyTables() throws IOException {
        for (String format : List.of("csv", "jsonl")) {
            Path tables = folder.resolve(format);
            Launched launched = bench.melt("export", format, id, "-o", tables.toString());

            assertThat(launched.exitCode()).as(launched.err()).isZero();
            int header = format.equals("csv") ? 1 : 0;
            assertThat(Files.readAllLines(tables.resolve("trials." + format))).hasSize(TRIALS + header);
            assertThat(Files.readAllLines(tables.resolve("turns." + format))).hasSize(TRIALS + header);
            for (String table : List.of("events", "samples", "metrics")) {
                assertThat(Files.readAllLines(tables.resolve(table + "." + format)))
                        .hasSizeGreaterThan(TRIALS);
            }
        }
    }

    @Test
    void writesProgressAsOneObjectALine() throws IOException {
        List<JsonNode> lines = Files.readAllLines(folder.resolve("events.jsonl")).stream()
                .map(Bench::json)
                .toList();

        List<String> kinds = lines.stream().map(l -> l.path("event").asText()).toList();
        assertThat(kinds).startsWith("run_started").endsWith("run_finished");
        assertThat(kinds).filteredOn("trial_started"::equals).hasSize(TRIALS);
        assertThat(kinds).filteredOn("trial_finished"::equals).hasSize(TRIALS);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.path("at").asText()).contains("T"));
    }

    @Test
    void aRunThatIsCompleteIsOnlyShown() {
        Launched resumed = bench.melt("resume", id, "--json");

        assertThat(Bench.json(resumed)).isEqualTo(result);
        assertThat(StreamSupport.stream(Bench.json(resumed).path("cells").spliterator(), false))
                .hasSize(CELLS);
    }
}
