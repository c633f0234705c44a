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
        for (int pair = 0; pair < PAIRS; pair++) {
            WorkerTimes melt;
            WorkerTimes bare;
            if (pair % 2 == 0) {
                melt = through(bench, memory);
                bare = bare(bench, request);
            } else {
                bare = bare(bench, request);
                melt = through(bench, memory);
            }
            prefill.add(melt.prefillRate() / bare.prefillRate());
            decode.add(melt.decodeRate() / bare.decodeRate());
        }
        return List.of(
                Figure.of("prefill rate, melt run / bare worker", prefill, "ratio", Target.atLeast(LEAST)),
                Figure.of("decode rate, melt run / bare worker", decode, "ratio", Target.atLeast(LEAST)),
                Figure.of("peak RSS of melt run", memory, "MB", Target.atMost(128)));
    }

    private static WorkerTimes through(Workbench bench, List<Double> memory) throws IOException, InterruptedException {
        bench.awaitQuiet();
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
        bench.awaitQuiet();
        return BareWorker.run(bench, request).times();
    }
}
