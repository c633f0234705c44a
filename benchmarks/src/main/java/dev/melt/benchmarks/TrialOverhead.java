package dev.melt.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What MELT adds to a trial. */
final class TrialOverhead implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 6;
    private static final int TRIALS = 3;
    private static final double IDLE_SECONDS = 0.3;

    @Override
    public String name() {
        return "trial";
    }

    @Override
    public String question() {
        return "time of a trial outside load, prefill, decode and configured waits, less that of the bare worker";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        List<Double> beyond = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        Path events = bench.scratch().resolve("events.ndjson");
        run(bench, events); // makes the model
        QuietPairs<Round> rounds = new QuietPairs<>(bench, ROUNDS, (number, pause) -> {
            memory.add(run(bench, events).peakBytes() / 1e6);
            List<Double> cycles = cycles(events, bench.newestTrials());
            pause.now();
            BareWorker.Run bare =
                    BareWorker.run(bench, bench.newestTrials().get(0).resolve("a1"));
            return new Round(cycles, bare.seconds() - bare.times().shownSeconds());
        });
        for (Round round : rounds.pairs()) {
            own.add(round.bareSeconds() * 1e3);
            round.cycleSeconds().forEach(cycle -> beyond.add((cycle - round.bareSeconds()) * 1e3));
        }
        return List.of(
                Figure.of("trial beyond its worker and waits", beyond, "ms", Target.atMost(250)),
                Figure.note("the bare worker's own start and end", own, "ms"),
                rounds.disturbed(name()),
                Figure.of("peak RSS of melt run, three trials", memory, "MB", Target.atMost(128)));
    }

    /**
     * One run of several trials, and the bare worker.
     *
     * @param cycleSeconds from trial to trial, less waits, load, prefill and decode
     * @param bareSeconds of the worker, less load, prefill and decode
     */
    private record Round(List<Double> cycleSeconds, double bareSeconds) {}

    private static List<Double> cycles(Path events, List<Path> trials) throws IOException {
        List<Instant> ends = ends(events);
        List<Double> cycles = new ArrayList<>();
        for (int trial = 1; trial < TRIALS; trial++) {
            double cycle =
                    Duration.between(ends.get(trial - 1), ends.get(trial)).toNanos() / 1e9;
            double shown = WorkerTimes.read(trials.get(trial).resolve("a1/events.jsonl"))
                    .shownSeconds();
            cycles.add(cycle - 2 * IDLE_SECONDS - shown);
        }
        return cycles;
    }

    private static Program.Run run(Workbench bench, Path events) throws IOException, InterruptedException {
        String line = "run --device local --model tiny --workload pp64-tg8 --trials " + TRIALS + " --idle "
                + (long) (IDLE_SECONDS * 1e3) + "ms --events " + events;
        return bench.melt(line.split(" "));
    }

    private static List<Instant> ends(Path events) throws IOException {
        List<Instant> ends = new ArrayList<>();
        for (String line : Files.readAllLines(events)) {
            JsonNode event = JSON.readTree(line);
            if (event.path("event").asText().equals("trial_finished")) {
                ends.add(Instant.parse(event.path("at").asText()));
            }
        }
        return ends;
    }
}
