package dev.melt.core.store;

import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.Platform;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.trial.TrialRole;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables {@code run}, {@code cell} and {@code trial}: the plan, before anything of it has come back. */
final class RunRows {
    private RunRows() {}

    static StoredRun create(Handle handle, NewRun run, Instant now, RandomGenerator random) {
        String id = RunId.draw(now, random);
        while (exists(handle, id)) {
            id = RunId.draw(now, random);
        }
        handle.createUpdate("INSERT INTO run (id, created_at, state, command_line, tool_version, git_commit, git_dirty,"
                        + " seed, plan, host_facts) VALUES (:id, :createdAt, :state, :commandLine, :toolVersion,"
                        + " :gitCommit, :gitDirty, :seed, :plan, :hostFacts)")
                .bind("id", id)
                .bind("createdAt", Stamp.of(now))
                .bind("state", Columns.word(RunState.PLANNED))
                .bind("commandLine", Json.of(run.commandLine()))
                .bind("toolVersion", run.toolVersion())
                .bind("gitCommit", run.gitCommit())
                .bind("gitDirty", run.gitDirty() ? 1 : 0)
                .bind("seed", run.seed())
                .bind("plan", run.planJson())
                .bind("hostFacts", Json.of(run.hostFacts()))
                .execute();
        insertCells(handle, id, run.cells());
        insertTrials(handle, id, run.order());
        return byId(handle, id).orElseThrow();
    }

    private static boolean exists(Handle handle, String id) {
        return byId(handle, id).isPresent();
    }

    private static void insertCells(Handle handle, String runId, List<CellFacts> cells) {
        if (cells.isEmpty()) {
            return;
        }
        try (PreparedBatch batch =
                handle.prepareBatch("INSERT INTO cell (id, run_id, position, fingerprint, device, device_serial,"
                        + " platform, device_virtual, model, model_sha256, model_synthetic, engine, bundle, workload,"
                        + " settings, spec) VALUES (:id, :runId, :position, :fingerprint, :device, :deviceSerial,"
                        + " :platform, :deviceVirtual, :model, :modelSha256, :modelSynthetic, :engine, :bundle,"
                        + " :workload, :settings, :spec)")) {
            for (int position = 0; position < cells.size(); position++) {
                CellFacts cell = cells.get(position);
                batch.bind("id", RunId.cell(runId, position))
                        .bind("runId", runId)
                        .bind("position", position)
                        .bind("fingerprint", cell.fingerprint())
                        .bind("device", cell.device())
                        .bind("deviceSerial", cell.deviceSerial())
                        .bind("platform", Columns.word(cell.platform()))
                        .bind("deviceVirtual", cell.deviceVirtual() ? 1 : 0)
                        .bind("model", cell.model())
                        .bind("modelSha256", cell.modelSha256())
                        .bind("modelSynthetic", cell.modelSynthetic() ? 1 : 0)
                        .bind("engine", cell.engine())
                        .bind("bundle", cell.bundle())
                        .bind("workload", cell.workload())
                        .bind("settings", Json.of(cell.settings()))
                        .bind("spec", cell.specJson())
                        .add();
            }
            batch.execute();
        }
    }

    private static void insertTrials(Handle handle, String runId, List<NewRun.Slot> order) {
        if (order.isEmpty()) {
            return;
        }
        try (PreparedBatch batch =
                handle.prepareBatch("INSERT INTO trial (id, run_id, cell_id, position, repetition, role, attempt,"
                        + " state, effective, facts) VALUES (?, ?, ?, ?, ?, ?, 0, 'planned', '{}', '{}')")) {
            for (int position = 0; position < order.size(); position++) {
                NewRun.Slot slot = order.get(position);
                batch.add(
                        RunId.trial(runId, position),
                        runId,
                        RunId.cell(runId, slot.cell()),
                        position,
                        slot.repetition(),
                        slot.role().name().toLowerCase(Locale.ROOT));
            }
            batch.execute();
        }
    }

    static Optional<StoredRun> byId(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM run WHERE id = ?")
                .bind(0, id)
                .map(RunRows::run)
                .findOne();
    }

    static Optional<StoredRun> newest(Handle handle) {
        return handle.createQuery("SELECT * FROM run ORDER BY created_at DESC, id DESC LIMIT 1")
                .map(RunRows::run)
                .findOne();
    }

    static List<StoredRun> all(Handle handle) {
        return handle.createQuery("SELECT * FROM run ORDER BY created_at DESC, id DESC")
                .map(RunRows::run)
                .list();
    }

    static List<StoredCell> cells(Handle handle, String runId) {
        return handle.createQuery("SELECT * FROM cell WHERE run_id = ? ORDER BY position")
                .bind(0, runId)
                .map(RunRows::cell)
                .list();
    }

    static List<StoredTrial> trials(Handle handle, String runId) {
        return handle.createQuery("SELECT * FROM trial WHERE run_id = ? ORDER BY position")
                .bind(0, runId)
                .map(RunRows::trial)
                .list();
    }

    static Optional<StoredTrial> trialById(Handle handle, String trialId) {
        return handle.createQuery("SELECT * FROM trial WHERE id = ?")
                .bind(0, trialId)
                .map(RunRows::trial)
                .findOne();
    }

    private static StoredRun run(ResultSet row, StatementContext context) throws SQLException {
        return new StoredRun(
                row.getString("id"),
                Stamp.parse(row.getString("created_at")),
                Columns.word(RunState.class, row, "state"),
                Json.list(row.getString("command_line")),
                row.getString("tool_version"),
                Columns.text(row, "git_commit"),
                row.getInt("git_dirty") == 1,
                row.getLong("seed"),
                row.getString("plan"),
                Json.map(row.getString("host_facts")));
    }

    private static StoredCell cell(ResultSet row, StatementContext context) throws SQLException {
        CellFacts facts = new CellFacts(
                row.getString("fingerprint"),
                row.getString("device"),
                row.getString("device_serial"),
                Columns.word(Platform.class, row, "platform"),
                row.getInt("device_virtual") == 1,
                row.getString("model"),
                Columns.text(row, "model_sha256"),
                row.getInt("model_synthetic") == 1,
                row.getString("engine"),
                row.getString("bundle"),
                row.getString("workload"),
                Json.map(row.getString("settings")),
                row.getString("spec"));
        return new StoredCell(row.getString("id"), row.getString("run_id"), row.getInt("position"), facts);
    }

    private static StoredTrial trial(ResultSet row, StatementContext context) throws SQLException {
        return new StoredTrial(
                row.getString("id"),
                row.getString("run_id"),
                row.getString("cell_id"),
                row.getInt("position"),
                row.getInt("repetition"),
                Columns.word(TrialRole.class, row, "role"),
                row.getInt("attempt"),
                Columns.word(TrialState.class, row, "state"),
                Columns.text(row, "outcome").map(Outcome::valueOf),
                Columns.text(row, "cause").orElse(""),
                Columns.text(row, "started_at").map(Stamp::parse),
                Columns.text(row, "ended_at").map(Stamp::parse),
                Columns.wide(row, "start_ns"),
                Columns.wide(row, "end_ns"),
                clock(row),
                Json.map(row.getString("effective")),
                Json.map(row.getString("facts")));
    }

    private static Optional<ClockOffset> clock(ResultSet row) throws SQLException {
        OptionalLong offset = Columns.wide(row, "clock_offset_ns");
        return offset.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClockOffset(
                        offset.getAsLong(), row.getLong("clock_bound_ns"), row.getLong("clock_wall_offset_ns")));
    }
}
