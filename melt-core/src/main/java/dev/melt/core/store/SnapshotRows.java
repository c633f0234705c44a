package dev.melt.core.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code device_snapshot}. */
final class SnapshotRows {
    private SnapshotRows() {}

    static int insert(Handle handle, DeviceSnapshot snapshot) {
        return handle.createUpdate(
                        "INSERT INTO device_snapshot (run_id, position, device_serial, trial_id, moment, taken_at, facts) VALUES"
                                + " (:runId, (SELECT COALESCE(MAX(position) + 1, 0) FROM device_snapshot WHERE run_id = :runId),"
                                + " :serial, :trialId, :moment, :takenAt, :facts)")
                .bind("runId", snapshot.runId())
                .bind("serial", snapshot.deviceSerial())
                .bind("trialId", snapshot.trialId())
                .bind("moment", Columns.word(snapshot.moment()))
                .bind("takenAt", Stamp.of(snapshot.takenAt()))
                .bind("facts", Json.of(snapshot.facts()))
                .execute();
    }

    static List<DeviceSnapshot> ofRun(Handle handle, String runId) {
        return handle.createQuery("SELECT * FROM device_snapshot WHERE run_id = ? ORDER BY position")
                .bind(0, runId)
                .map((row, context) -> new DeviceSnapshot(
                        row.getString("run_id"),
                        Columns.text(row, "device_serial"),
                        Columns.text(row, "trial_id"),
                        Columns.word(DeviceSnapshot.Moment.class, row, "moment"),
                        Stamp.parse(row.getString("taken_at")),
                        Json.map(row.getString("facts"))))
                .list();
    }
}
