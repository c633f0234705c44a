package dev.melt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How fast models are made. */
final class SynthesisRate implements Benchmark {
    private static final int PAIRS = 3;

    @Override
    public String name() {
        return "synth";
    }

    @Override
    public String question() {
        return "melt models synth tinyllama-1.1b-q4_0, start and hash included, beside dd of as many zeros";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        List<Double> rate = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            bench.awaitQuiet();
            double made = bench.melt("models", "synth", "tinyllama-1.1b-q4_0", "--force")
                    .seconds();
            double megabytes = size(bench.home().resolve("models")) / 1e6;
            double copied = bench.program(
                            "dd", "if=/dev/zero", "of=zeros", "bs=1000000", "count=" + (long) megabytes, "conv=fsync")
                    .seconds();
            Files.delete(bench.scratch().resolve("zeros"));
            rate.add(megabytes / made);
            ratio.add(copied / made);
        }
        return List.of(
                Figure.of("GGUF synthesis", rate, "MB/s", Target.atLeast(200)),
                Figure.note("GGUF synthesis / dd conv=fsync", ratio, "ratio"));
    }

    private static long size(Path models) throws IOException {
        try (Stream<Path> all = Files.walk(models)) {
            return all.filter(path -> path.toString().endsWith(".gguf"))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }
}
