package dev.melt.benchmarks;

import dev.melt.core.store.SqliteRunStore;
import dev.melt.core.store.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A million samples out of the store as CSV. */
final class ExportTime implements Benchmark {
    private static final int PAIRS = 6;
    private static final String QUERY = "SELECT c.trial_id, c.name AS channel, c.unit, c.source, s.t_ns, s.value"
            + " FROM channel c JOIN sample s ON s.channel_id = c.id ORDER BY c.id, s.t_ns";

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String question() {
        return "melt export csv of a run with 1 M samples under -Xmx64m, against sqlite3 -csv with the same columns";
    }

    @Override
    public List<Figure> measure(Workbench bench) throws IOException, InterruptedException {
        Path database = Files.createDirectories(bench.home()).resolve("melt.db");
        String run = fill(database);
        List<Double> ratio = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        List<Double> peer = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            bench.awaitQuiet();
            Path folder = bench.scratch().resolve("csv" + pair);
            Program.Run melt = bench.melt(
                    Map.of("MELT_JAVA_OPTS", "-Xmx64m"), List.of("export", "csv", run, "-o", folder.toString()));
            double sqlite = bench.program("sh", "-c", "exec sqlite3 -csv -header home/melt.db \"$0\" >peer.csv", QUERY)
                    .seconds();
            checkSize(folder.resolve("samples.csv"), bench.scratch().resolve("peer.csv"));
            Workbench.delete(folder);
            ratio.add(melt.seconds() / sqlite);
            memory.add(melt.peakBytes() / 1e6);
            peer.add(sqlite);
        }
        return List.of(
                Figure.of("melt export csv / sqlite3 -csv", ratio, "ratio", Target.atMost(1.5)),
                Figure.note("sqlite3 -csv", peer, "s"),
                Figure.note("peak RSS of melt export, -Xmx64m", memory, "MB"));
    }

    private static String fill(Path database) {
        try (SqliteRunStore store = SqliteRunStore.open(database, Clock.systemUTC(), Duration.ofSeconds(5))) {
            StoredRun run = store.createRun(SampleFixture.run());
            String trial = store.trials(run.id()).get(0).id();
            store.markStarted(trial, 1);
            store.saveResult(SampleFixture.result(trial, SampleFixture.series()));
            return run.id();
        }
    }

    /** The two must have done the same work. */
    private static void checkSize(Path mine, Path peers) throws IOException {
        double ratio = Files.size(mine) / (double) Files.size(peers);
        if (ratio < 0.97 || ratio > 1.03) {
            throw new IOException(mine + " is " + ratio + " times as large as " + peers);
        }
    }
}
