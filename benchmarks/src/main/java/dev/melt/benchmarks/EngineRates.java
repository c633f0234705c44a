package dev.melt.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What watching costs the engine that is watched. */
final class EngineRates implements Benchmark {
    private static final int PAIRS = 6;
    private static final double LEAST = 0.99;

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public String question() {
        return "prefill and decode rate through melt run with telemetry, against the same worker called bare";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        List<Double> prefill = new ArrayList<>();
        List<Double> decode = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        through(bench, memory); // makes the model, and the request for the bare worker
        memory.clear();
        Path request = bench.newestTrials().get(0).resolve("a1");
        QuietPairs<Pair> rates = new QuietPairs<>(bench, PAIRS, (number, pause) -> {
            WorkerTimes first = number % 2 == 0 ? through(bench, memory) : bare(bench, request);
            pause.now();
            WorkerTimes second = number % 2 == 0 ? bare(bench, request) : through(bench, memory);
            return number % 2 == 0 ? new Pair(first, second) : new Pair(second, first);
        });
        for (Pair pair : rates.pairs()) {
            prefill.add(pair.melt().prefillRate() / pair.bare().prefillRate());
            decode.add(pair.melt().decodeRate() / pair.bare().decodeRate());
        }
        return List.of(
                Figure.of("prefill rate, melt run / bare worker", prefill, "ratio", Target.atLeast(LEAST)),
                Figure.of("decode rate, melt run / bare worker", decode, "ratio", Target.atLeast(LEAST)),
                rates.disturbed(name()),
                Figure.of("peak RSS of melt run", memory, "MB", Target.atMost(128)));
    }

    private record Pair(WorkerTimes melt, WorkerTimes bare) {}

    private static WorkerTimes through(Workbench bench, List<Double> memory) throws IOException, InterruptedException {
        Program.Run run = bench.melt(
                "run",
                "--device",
                "local",
                "--model",
                "smollm2-135m-q4_0",
                "--workload",
                "pp256-tg64",
                "--trials",
                "1");
        memory.add(run.peakBytes() / 1e6);
        return WorkerTimes.read(bench.newestTrials().get(0).resolve("a1/events.jsonl"));
    }

    private static WorkerTimes bare(Workbench bench, Path request) throws IOException, InterruptedException {
        return BareWorker.run(bench, request).times();
    }
}
