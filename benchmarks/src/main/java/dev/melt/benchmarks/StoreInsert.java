package dev.melt.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A million samples into the store, by JMH in fresh Java machines, both ways by turns. */
final class StoreInsert implements Benchmark {
    private static final int PAIRS = 6;

    @Override
    public String name() {
        return "store";
    }

    @Override
    public String question() {
        return "1 M samples into SQLite through MELT's store, against a bare JDBC batch loop into the same schema";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        List<Double> ratio = new ArrayList<>();
        List<Double> rate = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            bench.awaitQuiet();
            double bare = seconds("bareJdbcBatch");
            double melt = seconds("meltStore");
            ratio.add(bare / melt);
            rate.add(SampleFixture.TOTAL / melt / 1e3);
        }
        return List.of(
                Figure.of("samples into the store, MELT / bare JDBC batch", ratio, "ratio", Target.atLeast(0.9)),
                Figure.note("samples into the store", rate, "k rows/s"));
    }

    private static double seconds(String method) throws IOException {
        try {
            return new Runner(new OptionsBuilder()
                            .include(StoreInsertJmh.class.getName() + "." + method)
                            .verbosity(VerboseMode.SILENT)
                            .timeUnit(TimeUnit.SECONDS)
                            .build())
                    .runSingle()
                    .getPrimaryResult()
                    .getScore();
        } catch (RunnerException e) {
            throw new IOException(e);
        }
    }
}
