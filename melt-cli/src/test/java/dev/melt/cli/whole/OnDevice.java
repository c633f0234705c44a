package dev.melt.cli.whole;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A trial as the agent sees it while it runs: its folder below the device's work folder. */
record OnDevice(Path folder) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Waits until an attempt of the trial at this position runs. */
    static OnDevice running(Bench bench, int position, int attempt) {
        String ending = String.format(java.util.Locale.ROOT, "-t%03d-a%d", position, attempt);
        Path trials = bench.home().resolve("device/trials");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Bench.names(trials).stream()
                        .anyMatch(name -> name.endsWith(ending) && Files.exists(trials.resolve(name + "/status"))));
        return new OnDevice(trials.resolve(Bench.names(trials).stream()
                .filter(name -> name.endsWith(ending))
                .findFirst()
                .orElseThrow()));
    }

    /** Waits until so many turns are finished and written. */
    OnDevice withTurns(int finished) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> finishedTurns(folder).size() >= finished);
        return this;
    }

    String run() {
        return folder.getFileName().toString().replaceAll("-t[0-9]+-a[0-9]+$", "");
    }

    long engine() {
        return Long.parseLong(status().getOrDefault("pid", "0"));
    }

    /** The processes that watch the engine, those first that would tell of its end. */
    List<ProcessHandle> watchers() {
        List<ProcessHandle> watchers = new ArrayList<>();
        ProcessHandle.of(engine()).flatMap(ProcessHandle::parent).ifPresent(watchers::add);
        ProcessHandle.of(Long.parseLong(status().getOrDefault("supervisor", "0")))
                .ifPresent(watchers::add);
        return watchers;
    }

    private Map<String, String> status() {
        return lines(folder.resolve("status")).stream()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
    }

    /** Numbers of the turns of which a log has the end. */
    static List<Integer> finishedTurns(Path folder) {
        List<Integer> turns = new ArrayList<>();
        for (String line : lines(folder.resolve("events.jsonl"))) {
            if (line.startsWith("{\"e\":\"perf\"") && line.endsWith("}")) {
                turns.add(Bench.json(line).path("turn").asInt());
            }
        }
        return turns;
    }

    static Optional<JsonNode> event(Path folder, String kind) {
        return lines(folder.resolve("events.jsonl")).stream()
                .filter(line -> line.startsWith("{\"e\":\"" + kind + "\"") && line.endsWith("}"))
                .map(Bench::json)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readString(file).lines().toList();
        } catch (NoSuchFileException notYet) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
