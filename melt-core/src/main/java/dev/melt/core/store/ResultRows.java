package dev.melt.core.store;

import dev.melt.core.device.ClockOffset;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Unit;
import dev.melt.core.trial.Artifact;
import dev.melt.core.trial.TrialResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** What a trial brought back, save events and samples: its end, its figures, warnings and artefacts. */
final class ResultRows {
    /** Children before parents would be deleted by the foreign keys as well; listed, it is one statement a table. */
    private static final List<String> TABLES =
            List.of("turn", "event", "channel", "metric_value", "validity", "artifact");

    private static final int BATCH = 1000;
    private static final String BY_POSITION =
            " JOIN trial ON trial.id = trial_id WHERE trial.run_id = ? ORDER BY trial.position, x.position";

    private ResultRows() {}

    static void clear(Handle handle, String trialId) {
        for (String table : TABLES) {
            handle.execute("DELETE FROM " + table + " WHERE trial_id = ?", trialId);
        }
    }

    static int start(Handle handle, String trialId, int attempt, Instant now) {
        clear(handle, trialId);
        return handle.execute(
                "UPDATE trial SET state = 'running', attempt = ?, started_at = ?, ended_at = NULL, outcome = NULL,"
                        + " cause = NULL, start_ns = NULL, end_ns = NULL, clock_offset_ns = NULL,"
                        + " clock_bound_ns = NULL, clock_wall_offset_ns = NULL, effective = '{}', facts = '{}'"
                        + " WHERE id = ?",
                attempt,
                Stamp.of(now),
                trialId);
    }

    static int finish(Handle handle, TrialResult result, Instant now) {
        Optional<ClockOffset> clock = result.clock();
        return handle.createUpdate("UPDATE trial SET state = 'done', outcome = :outcome, cause = :cause,"
                        + " ended_at = COALESCE(ended_at, :endedAt), clock_offset_ns = :offset,"
                        + " clock_bound_ns = :bound, clock_wall_offset_ns = :wall, effective = :effective,"
                        + " facts = :facts WHERE id = :id")
                .bind("id", result.trialId())
                .bind("outcome", result.outcome().name())
                .bind("cause", result.cause())
                .bind("endedAt", Stamp.of(now))
                .bind("offset", clock.map(ClockOffset::offsetNanos))
                .bind("bound", clock.map(ClockOffset::boundNanos))
                .bind("wall", clock.map(ClockOffset::wallOffsetNanos))
                .bind("effective", Json.of(result.effective()))
                .bind("facts", Json.of(result.facts()))
                .execute();
    }

    static void insertMetrics(Handle handle, String trialId, List<MetricValue> metrics) {
        if (metrics.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("INSERT INTO metric_value (trial_id, position, turn, metric,"
                + " value, unit, formula_version, source, uncertainty, grade) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int position = 0; position < metrics.size(); position++) {
                MetricValue metric = metrics.get(position);
                batch.add(
                        trialId,
                        position,
                        metric.turn(),
                        metric.metric(),
                        metric.value(),
                        metric.unit().symbol(),
                        metric.formulaVersion(),
                        metric.source(),
                        metric.uncertainty(),
                        metric.grade());
                if (batch.size() == BATCH) { // each row that waits takes a kilobyte
                    batch.execute();
                }
            }
            batch.execute();
        }
    }

    static void insertWarnings(Handle handle, String trialId, List<Warning> warnings) {
        for (int position = 0; position < warnings.size(); position++) {
            Warning warning = warnings.get(position);
            handle.execute(
                    "INSERT INTO validity (trial_id, position, kind, evidence) VALUES (?, ?, ?, ?)",
                    trialId,
                    position,
                    warning.validity().name(),
                    warning.evidence());
        }
    }

    static void insertArtifacts(Handle handle, String trialId, List<Artifact> artifacts) {
        for (Artifact artifact : artifacts) {
            handle.execute(
                    "INSERT INTO artifact (trial_id, name, path, sha256, bytes) VALUES (?, ?, ?, ?, ?)",
                    trialId,
                    artifact.name(),
                    artifact.path(),
                    artifact.sha256(),
                    artifact.bytes());
        }
    }

    /** Those of whole trials. */
    static List<StoredMetric> figures(Handle handle, String runId) {
        return handle.createQuery("SELECT x.* FROM (SELECT * FROM metric_value WHERE turn IS NULL) x" + BY_POSITION)
                .bind(0, runId)
                .map(ResultRows::metric)
                .list();
    }

    static void eachMetric(Handle handle, String runId, Consumer<StoredMetric> each) {
        handle.createQuery("SELECT x.* FROM metric_value x" + BY_POSITION)
                .bind(0, runId)
                .map(ResultRows::metric)
                .useIterator(rows -> rows.forEachRemaining(each));
    }

    static List<StoredWarning> warnings(Handle handle, String runId) {
        return handle.createQuery("SELECT x.* FROM validity x" + BY_POSITION)
                .bind(0, runId)
                .map((row, context) -> new StoredWarning(
                        row.getString("trial_id"),
                        new Warning(Validity.valueOf(row.getString("kind")), row.getString("evidence"))))
                .list();
    }

    static List<Artifact> artifacts(Handle handle, String trialId) {
        return handle.createQuery("SELECT * FROM artifact WHERE trial_id = ? ORDER BY name")
                .bind(0, trialId)
                .map((row, context) -> new Artifact(
                        row.getString("name"), row.getString("path"), row.getString("sha256"), row.getLong("bytes")))
                .list();
    }

    private static StoredMetric metric(ResultSet row, StatementContext context) throws SQLException {
        OptionalInt turn = Columns.integer(row, "turn");
        MetricValue value = new MetricValue(
                row.getString("metric"),
                row.getInt("formula_version"),
                turn,
                row.getDouble("value"),
                Unit.ofSymbol(row.getString("unit")),
                row.getString("source"),
                Columns.real(row, "uncertainty"),
                Columns.text(row, "grade"));
        return new StoredMetric(row.getString("trial_id"), value);
    }
}
