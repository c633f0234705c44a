package dev.melt.core.report;

import static dev.melt.core.report.ExportColumn.count;
import static dev.melt.core.report.ExportColumn.nanos;
import static dev.melt.core.report.ExportColumn.text;

import dev.melt.core.device.ClockOffset;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.StoredTrial;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Table {@code trials}: one row a trial, with what its cell says. */
final class TrialTable {
    private static final List<ExportColumn> COLUMNS = List.of(
            text("trial_id", "the trial"),
            text("run_id", "the run it belongs to"),
            count("position", "place in the order in which the trials ran, from 0"),
            text("cell_id", "the point of the matrix that it measures"),
            text("fingerprint", "hash of everything that can change a number; the same for comparable trials"),
            text("device", "name of the device"),
            text("device_serial", "the device's serial number, or a pseudonym of it"),
            text("platform", "linux, macos, android, jetson or ios"),
            text("device_virtual", "whether the device is simulated"),
            text("model", "name of the model"),
            text("model_sha256", "hash of the model's file; empty when unknown"),
            text("model_synthetic", "whether the weights are random"),
            text("engine", "name of the engine"),
            text("bundle", "the build of the engine"),
            text("workload", "what was asked"),
            text("settings", "settings that were asked for, a JSON object; those of the device begin with device."),
            count("repetition", "which trial of its cell and role, from 0"),
            text("role", "warmup, measured or profile; only measured trials count"),
            count("attempt", "how often it was started; 0 when never"),
            text("state", "planned, running or done"),
            text("outcome", "OK, or the kind of failure; empty while there is none"),
            text("cause", "why the outcome is not OK, with the evidence"),
            text("started_at", "wall time of the host, UTC, ISO 8601"),
            text("ended_at", "wall time of the host, UTC, ISO 8601"),
            nanos("start_ns", "start of the engine, device boot clock"),
            nanos("end_ns", "end of the engine, device boot clock"),
            nanos("clock_offset_ns", "device boot clock minus host clock"),
            nanos("clock_bound_ns", "the true offset is within this of it"),
            text("effective", "engine settings that took effect, a JSON object"),
            text("facts", "what the engine said of itself, a JSON object"));

    private TrialTable() {}

    static ExportTable table() {
        return new ExportTable(
                "trials",
                COLUMNS,
                (export, row) -> export.store().trials(export.run().id()).forEach(trial -> {
                    fillPlan(trial, export, row);
                    fillResult(trial, export, row);
                    row.endRow();
                }));
    }

    private static void fillPlan(StoredTrial trial, Export export, RowSink row) {
        CellFacts cell = export.cell(trial.cellId()).facts();
        row.text(trial.id());
        row.text(trial.runId());
        row.integer(trial.position());
        row.text(trial.cellId());
        row.text(cell.fingerprint());
        row.text(export.redaction().text(cell.device()));
        row.text(export.redaction().serial(cell.deviceSerial()));
        row.text(cell.platform().name().toLowerCase(Locale.ROOT));
        row.flag(cell.deviceVirtual());
        row.text(cell.model());
        row.text(cell.modelSha256());
        row.flag(cell.modelSynthetic());
        row.text(cell.engine());
        row.text(cell.bundle());
        row.text(cell.workload());
        row.map(cell.settings());
        row.integer(trial.repetition());
        row.text(trial.role().name().toLowerCase(Locale.ROOT));
    }

    private static void fillResult(StoredTrial trial, Export export, RowSink row) {
        row.integer(trial.attempt());
        row.text(trial.state().name().toLowerCase(Locale.ROOT));
        row.text(trial.outcome().map(Enum::name));
        row.text(Optional.of(export.redaction().text(trial.cause())).filter(cause -> !cause.isEmpty()));
        row.text(trial.startedAt().map(Instant::toString));
        row.text(trial.endedAt().map(Instant::toString));
        row.integer(trial.startNanos());
        row.integer(trial.endNanos());
        row.integer(clock(trial, ClockOffset::offsetNanos));
        row.integer(clock(trial, ClockOffset::boundNanos));
        row.map(trial.effective());
        row.map(export.redaction().facts(trial.facts()));
    }

    private static OptionalLong clock(StoredTrial trial, ToLongFunction<ClockOffset> part) {
        return trial.clock().stream().mapToLong(part).findFirst();
    }
}
