package dev.melt.core.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/** The journal in table {@code device_setting}. */
final class SqliteSettingsJournal implements SettingsJournal {
    private final Database database;
    private final Clock clock;

    SqliteSettingsJournal(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public long willChange(SettingChange change) {
        return database.write(handle -> {
            long id = handle.createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM device_setting")
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate("INSERT INTO device_setting (id, run_id, device, device_serial, setting, old_value,"
                            + " new_value, pid, changed_at) VALUES (:id, :runId, :device, :serial, :setting, :old,"
                            + " :new, :pid, :changedAt)")
                    .bind("id", id)
                    .bind("runId", change.runId())
                    .bind("device", change.device())
                    .bind("serial", change.deviceSerial())
                    .bind("setting", change.setting())
                    .bind("old", change.oldValue())
                    .bind("new", change.newValue())
                    .bind("pid", ProcessHandle.current().pid())
                    .bind("changedAt", Stamp.of(clock.instant()))
                    .execute();
            return id;
        });
    }

    @Override
    public void restored(long entryId) {
        database.write(handle -> handle.execute(
                "UPDATE device_setting SET restored_at = COALESCE(restored_at, ?) WHERE id = ?",
                Stamp.of(clock.instant()),
                entryId));
    }

    @Override
    public List<Entry> pending() {
        return database.read(
                handle -> handle.createQuery("SELECT * FROM device_setting WHERE restored_at IS NULL ORDER BY id DESC")
                        .map(SqliteSettingsJournal::entry)
                        .list());
    }

    private static Entry entry(ResultSet row, StatementContext context) throws SQLException {
        SettingChange change = new SettingChange(
                row.getString("run_id"),
                row.getString("device"),
                row.getString("device_serial"),
                row.getString("setting"),
                Columns.text(row, "old_value"),
                row.getString("new_value"));
        return new Entry(row.getLong("id"), change, row.getLong("pid"), Stamp.parse(row.getString("changed_at")));
    }
}
