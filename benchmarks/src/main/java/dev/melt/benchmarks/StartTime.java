package dev.melt.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** How long a command line takes that only answers. */
final class StartTime implements Benchmark {
    private static final int PAIRS = 11;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String question() {
        return "./melt --help, its launcher included, against java Hello";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        String source = "class Hello { public static void main(String[] a) { System.out.println(\"Hello\"); } }";
        Files.writeString(bench.scratch().resolve("Hello.java"), source);
        bench.program("javac", "Hello.java");
        List<Double> ratio = new ArrayList<>();
        List<Double> melt = new ArrayList<>();
        bench.melt("--help");
        bench.awaitQuiet();
        for (int pair = 0; pair < PAIRS; pair++) {
            double hello = bench.program("java", "-cp", ".", "Hello").seconds();
            double help = bench.melt("--help").seconds();
            melt.add(help * 1e3);
            ratio.add(help / hello);
        }
        return List.of(
                Figure.of("melt --help / java Hello", ratio, "ratio", Target.atMost(5)),
                Figure.note("melt --help", melt, "ms"));
    }
}
