package dev.melt.core.store;

import dev.melt.core.event.Event;
import dev.melt.core.home.Home;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Series;
import dev.melt.core.trial.Artifact;
import dev.melt.core.trial.TrialResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.sqlite.SQLiteConfig;

/** A {@link RunStore} in one SQLite file. To be closed; closing folds the log into the file. */
public final class SqliteRunStore implements RunStore {
    /** Longer than any transaction of MELT; a person who sees nothing for longer believes that it hangs. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final Clock clock;
    private final RandomGenerator random;

    private SqliteRunStore(Database database, Clock clock, RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Opens the store of a home, and makes it when there is none.
     *
     * @throws InvalidInputException when the file is locked, damaged, not MELT's, read-only, or of a newer MELT
     */
    public static SqliteRunStore open(Home home, Clock clock) {
        return open(home.database(), clock, PATIENCE);
    }

    /**
     * Opens the store in this file, and makes it when there is none.
     *
     * @param patience how long a write waits for another process
     */
    public static SqliteRunStore open(Path file, Clock clock, Duration patience) {
        return open(file, clock, patience, config -> {});
    }

    static SqliteRunStore open(Path file, Clock clock, Duration patience, Consumer<SQLiteConfig> tuning) {
        // the default generator is seeded from the system: two hosts must not draw the same ids
        return new SqliteRunStore(Database.open(file, patience, tuning), clock, RandomGenerator.getDefault());
    }

    @Override
    public StoredRun createRun(NewRun run) {
        return database.write(handle -> RunRows.create(handle, run, clock.instant(), random));
    }

    @Override
    public void markRun(String runId, RunState state) {
        database.write(handle -> requireOne(
                "run", runId, handle.execute("UPDATE run SET state = ? WHERE id = ?", Columns.word(state), runId)));
    }

    @Override
    public void markStarted(String trialId, int attempt) {
        database.write(
                handle -> requireOne("trial", trialId, ResultRows.start(handle, trialId, attempt, clock.instant())));
    }

    @Override
    public void noteBootSpan(String trialId, long startNanos, long endNanos) {
        database.write(handle -> requireOne(
                "trial",
                trialId,
                handle.execute(
                        "UPDATE trial SET start_ns = ?, end_ns = ? WHERE id = ?", startNanos, endNanos, trialId)));
    }

    @Override
    public void saveResult(TrialResult result) {
        requireDistinct(result);
        String trialId = result.trialId();
        database.write(handle -> {
            requireOne("trial", trialId, ResultRows.finish(handle, result, clock.instant()));
            ResultRows.clear(handle, trialId);
            EventRows.insert(handle, trialId, result.events());
            SampleRows.insert(handle, trialId, result.series());
            ResultRows.insertMetrics(handle, trialId, result.metrics());
            ResultRows.insertWarnings(handle, trialId, result.warnings());
            ResultRows.insertArtifacts(handle, trialId, result.artifacts());
            return trialId;
        });
    }

    @Override
    public void saveSnapshot(DeviceSnapshot snapshot) {
        database.write(handle -> SnapshotRows.insert(handle, snapshot));
    }

    @Override
    public SettingsJournal settings() {
        return new SqliteSettingsJournal(database, clock);
    }

    @Override
    public List<StoredRun> runs() {
        return database.read(RunRows::all);
    }

    @Override
    public StoredRun run(String idOrPrefix) {
        return database.read(handle -> RunLookup.find(handle, idOrPrefix));
    }

    @Override
    public List<StoredCell> cells(String runId) {
        return database.read(handle -> RunRows.cells(handle, runId));
    }

    @Override
    public List<StoredTrial> trials(String runId) {
        return database.read(handle -> RunRows.trials(handle, runId));
    }

    @Override
    public StoredTrial trial(String trialId) {
        return database.read(handle -> RunRows.trialById(handle, trialId))
                .orElseThrow(() -> new IllegalArgumentException("no trial " + trialId));
    }

    @Override
    public List<StoredTrial> unfinishedTrials(String runId) {
        return trials(runId).stream().filter(trial -> !trial.finished()).toList();
    }

    @Override
    public List<StoredTurn> turns(String runId) {
        return database.read(handle -> EventRows.turnsOfRun(handle, runId));
    }

    @Override
    public List<StoredMetric> figures(String runId) {
        return database.read(handle -> ResultRows.figures(handle, runId));
    }

    @Override
    public void metricValues(String runId, Consumer<StoredMetric> each) {
        database.read(handle -> {
            ResultRows.eachMetric(handle, runId, each);
            return true;
        });
    }

    @Override
    public List<StoredWarning> warnings(String runId) {
        return database.read(handle -> ResultRows.warnings(handle, runId));
    }

    @Override
    public List<DeviceSnapshot> snapshots(String runId) {
        return database.read(handle -> SnapshotRows.ofRun(handle, runId));
    }

    @Override
    public List<Artifact> artifacts(String trialId) {
        return database.read(handle -> ResultRows.artifacts(handle, trialId));
    }

    @Override
    public List<Event> events(String trialId) {
        return database.read(handle -> EventRows.ofTrial(handle.getConnection(), trialId));
    }

    @Override
    public List<StoredChannel> channels(String trialId) {
        return database.read(handle -> SampleRows.channelsOfTrial(handle, trialId));
    }

    @Override
    public Optional<Series> series(String trialId, Channel channel) {
        return database.read(handle -> SampleRows.series(handle, trialId, channel));
    }

    @Override
    public void eachEvent(String runId, EventSink sink) {
        database.read(handle -> {
            EventRows.eachOfRun(handle.getConnection(), runId, sink);
            return runId;
        });
    }

    @Override
    public void eachSample(String runId, SampleSink sink) {
        database.read(handle -> {
            SampleRows.each(handle.getConnection(), SampleRows.channelsOfRun(handle, runId), sink);
            return runId;
        });
    }

    @Override
    public void verify() {
        database.verify();
    }

    @Override
    public void close() {
        database.close();
    }

    private static int requireOne(String what, String id, int changed) {
        if (changed != 1) {
            throw new IllegalArgumentException("no " + what + " " + id);
        }
        return changed;
    }

    private static void requireDistinct(TrialResult result) {
        Set<Object> seen = new HashSet<>();
        for (Event event : result.events()) {
            if (event instanceof Event.Turn turn && !seen.add(turn.turn())) {
                throw new IllegalArgumentException(result.trialId() + ": turn " + turn.turn() + " is there twice");
            }
        }
        for (Series series : result.series()) {
            Channel channel = series.channel();
            if (!seen.add(List.of(channel.name(), channel.source()))) {
                throw new IllegalArgumentException(result.trialId() + ": channel " + channel + " is there twice");
            }
        }
    }
}
