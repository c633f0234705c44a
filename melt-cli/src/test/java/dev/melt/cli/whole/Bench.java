package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.melt.cli.Launched;
import dev.melt.core.home.Home;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SqliteRunStore;
import dev.melt.core.store.StoredTrial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * MELT as a person uses it, with a home, models and workloads of its own: the real worker, agent and database. {@code mini}
 * is a model of two small layers, {@code talk} a conversation of five turns.
 */
record Bench(Path folder, Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Bench in(Path folder) {
        assertThat(Path.of(System.getProperty("melt.worker", "melt.worker is not set")))
                .as("the worker, which 'mvn package -pl melt-embedded' makes")
                .isRegularFile();
        Bench bench =
                new Bench(folder, Map.of("MELT_HOME", folder.resolve("home").toString()));
        bench.config("models/mini.yaml", """
                title: mini
                family: llama
                vocabulary: 1024
                embedding: 64
                layers: 2
                heads: 2
                keyValueHeads: 1
                feedForward: 128
                context: 4096
                normEpsilon: 1.0e-5
                tiedEmbeddings: true
                tokenizer: spm
                chat: chatml
                """);
        bench.config("workloads/talk.yaml", """
                kind: conversations
                about: Five turns
                generate: 8
                conversations:
                  - - How are you?
                    - What is ice?
                    - Why does it float?
                    - Name a colour.
                    - Good night.
                """);
        return bench;
    }

    Bench with(String key, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(key, value);
        return new Bench(folder, more);
    }

    Bench config(String name, String content) {
        try {
            Path file = folder.resolve("configs").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path home() {
        return folder.resolve("home");
    }

    Launched melt(String... args) {
        return Launched.with(environment, whole(args).toArray(String[]::new));
    }

    /** The same in a process of its own. */
    MeltProcess start(String... args) {
        return MeltProcess.start(folder, environment, whole(args));
    }

    private List<String> whole(String... args) {
        List<String> all =
                new ArrayList<>(List.of("--configs", folder.resolve("configs").toString()));
        all.addAll(List.of(args));
        return all;
    }

    /** Runs {@code mini} on this machine and gives the results; figures may be flagged, for the machine may be busy. */
    JsonNode run(String... more) {
        List<String> args = new ArrayList<>(List.of("run", "--device", "local", "--json", "--idle", "0s"));
        if (!List.of(more).contains("--model")) {
            args.addAll(List.of("--model", "mini"));
        }
        args.addAll(List.of(more));
        Launched launched = melt(args.toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        return json(launched);
    }

    static JsonNode json(Launched launched) {
        return json(launched.out());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    RunStore store() {
        return SqliteRunStore.open(Home.at(home()), Clock.systemUTC());
    }

    /** {@code OK (1), REBOOTED (1)}: outcome and number of processes of each trial of the newest run. */
    String told() {
        try (RunStore store = store()) {
            return store.trials(store.runs().get(0).id()).stream()
                    .map(trial -> told(store, trial))
                    .collect(Collectors.joining(", "));
        }
    }

    private static String told(RunStore store, StoredTrial trial) {
        boolean measured = !store.channels(trial.id()).isEmpty();
        boolean well = trial.outcome().equals(Optional.of(Outcome.OK));
        assertThat(measured || !well).as("%s has telemetry", trial.id()).isTrue();
        return trial.outcome().map(Outcome::name).orElse("not run") + " (" + trial.attempt() + ")";
    }

    /** Folders that trials left on the device. */
    List<String> foldersOnDevice() {
        return names(home().resolve("device/trials"));
    }

    static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The outcomes of all trials in the order in which they ran. */
    static List<String> outcomes(JsonNode result) {
        return trials(result).stream()
                .map(trial -> trial.path("outcome").asText())
                .toList();
    }

    static List<JsonNode> trials(JsonNode result) {
        List<JsonNode> trials = new ArrayList<>();
        result.path("cells").forEach(cell -> cell.path("trials").forEach(trials::add));
        trials.sort(java.util.Comparator.comparingInt(
                trial -> trial.path("position").asInt()));
        return trials;
    }

    static JsonNode cell(JsonNode result, String model, String workload) {
        for (JsonNode cell : result.path("cells")) {
            if (cell.path("model").asText().equals(model)
                    && cell.path("workload").asText().equals(workload)) {
                return cell;
            }
        }
        throw new AssertionError("no cell " + model + " " + workload);
    }

    /** Medians by metric. */
    static Map<String, Double> figures(JsonNode cell) {
        Map<String, Double> figures = new HashMap<>();
        cell.path("figures")
                .forEach(figure -> figures.put(
                        figure.path("metric").asText(), figure.path("median").asDouble()));
        return figures;
    }
}
