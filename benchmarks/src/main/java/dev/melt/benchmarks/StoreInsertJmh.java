package dev.melt.benchmarks;

import dev.melt.core.store.SqliteRunStore;
import dev.melt.core.telemetry.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Both ways to write a million samples, into a new file of MELT's schema each time, with the same journal and the same
 * syncs. The bare loop is the strong form: one transaction, batches of 1024, the driver's generated keys turned off.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class StoreInsertJmh {
    private static final int BATCH = 1024;

    private final List<Series> series = SampleFixture.series();
    private Path folder = Path.of("");
    private Path database = Path.of("");
    private String trial = "";

    /** A file with one planned trial. */
    @Setup(Level.Iteration)
    public void plan() throws IOException {
        folder = Files.createTempDirectory("melt-store");
        database = folder.resolve("melt.db");
        try (SqliteRunStore store = open()) {
            trial = store.trials(store.createRun(SampleFixture.run()).id())
                    .get(0)
                    .id();
            store.markStarted(trial, 1);
        }
    }

    /** Removes it. */
    @TearDown(Level.Iteration)
    public void remove() throws IOException {
        Workbench.delete(folder);
    }

    private SqliteRunStore open() {
        return SqliteRunStore.open(database, Clock.systemUTC(), Duration.ofSeconds(5));
    }

    /** What a run does at the end of a trial. */
    @Benchmark
    public void meltStore() {
        try (SqliteRunStore store = open()) {
            store.saveResult(SampleFixture.result(trial, series));
        }
    }

    /** What anybody would write first. */
    @Benchmark
    public void bareJdbcBatch() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + database + "?jdbc.get_generated_keys=false");
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA foreign_keys = ON");
            connection.setAutoCommit(false);
            insertAll(connection, statement);
            connection.commit();
        }
    }

    private void insertAll(Connection connection, Statement statement) throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement("INSERT INTO sample (channel_id, t_ns, value) VALUES (?, ?, ?)")) {
            for (int channel = 0; channel < series.size(); channel++) {
                statement.execute("INSERT INTO channel (id, trial_id, name, quantity, site, unit, source) VALUES ("
                        + (channel + 1) + ", '" + trial + "', 'power/" + channel + "', 'power', '" + channel
                        + "', 'W', 'rapl')");
                insert(row, channel + 1, series.get(channel));
            }
        }
    }

    private static void insert(PreparedStatement row, long channel, Series samples) throws SQLException {
        for (int i = 0; i < samples.size(); i++) {
            row.setLong(1, channel);
            row.setLong(2, samples.atNanos()[i]);
            row.setDouble(3, samples.values()[i]);
            row.addBatch();
            if ((i + 1) % BATCH == 0) {
                row.executeBatch();
            }
        }
        row.executeBatch();
    }
}
