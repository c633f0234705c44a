package dev.melt.core.report;

import static dev.melt.core.report.ExportColumn.count;
import static dev.melt.core.report.ExportColumn.nanos;
import static dev.melt.core.report.ExportColumn.text;

import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Validity;
import dev.melt.core.store.SampleSink;
import dev.melt.core.store.StoredChannel;
import dev.melt.core.store.StoredMetric;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTurn;
import dev.melt.core.store.StoredWarning;
import java.util.List;
import java.util.Locale;

/** The tables that every tabular format has, declared once. */
final class TidyTables {
    private static final ExportColumn TRIAL_ID = text("trial_id", "the trial it belongs to, as in table trials");
    private static final ExportColumn TURN = count("turn", "the turn it belongs to, from 0; empty for the whole trial");

    static final List<ExportTable> ALL = List.of(
            runs(), TrialTable.table(), turns(), EventTable.table(), samples(), metrics(), validity(), dictionary());

    private TidyTables() {}

    private static ExportTable runs() {
        return new ExportTable(
                "runs",
                List.of(
                        text("run_id", "the run"),
                        text("created_at", "when it was planned, UTC, ISO 8601"),
                        text("state", "planned, running, done or interrupted"),
                        text("command_line", "what was typed, a JSON array"),
                        text("tool_version", "version of MELT"),
                        text("git_commit", "commit that MELT was built from; empty when unknown"),
                        text("git_dirty", "whether that build had changes beyond the commit"),
                        count("seed", "of the trial order and of everything that was drawn"),
                        text("host_facts", "what the host said of itself, a JSON object")),
                TidyTables::fillRuns);
    }

    private static void fillRuns(Export export, RowSink row) {
        StoredRun run = export.run();
        row.text(run.id());
        row.text(run.createdAt().toString());
        row.text(run.state().name().toLowerCase(Locale.ROOT));
        row.list(export.redaction().texts(run.commandLine()));
        row.text(run.toolVersion());
        row.text(run.gitCommit());
        row.flag(run.gitDirty());
        row.integer(run.seed());
        row.map(export.redaction().facts(run.hostFacts()));
        row.endRow();
    }

    private static ExportTable turns() {
        return new ExportTable(
                "turns",
                List.of(
                        TRIAL_ID,
                        count("turn", "number of the turn in its trial, from 0"),
                        count("conversation", "number of the conversation in its workload, from 0"),
                        nanos("start_ns", "when its prompt was taken up, device boot clock"),
                        nanos("end_ns", "when its last token was done, device boot clock"),
                        new ExportColumn("prompt_tokens", "tok", "prompt tokens that were evaluated"),
                        new ExportColumn("cached_tokens", "tok", "prompt tokens that came from a KV cache"),
                        new ExportColumn("generated_tokens", "tok", "tokens that were generated, the first included"),
                        new ExportColumn("depth", "tok", "tokens that were in the context before it")),
                (export, row) -> export.store().turns(export.run().id()).forEach(turn -> fill(turn, row)));
    }

    private static void fill(StoredTurn turn, RowSink row) {
        row.text(turn.trialId());
        row.integer(turn.turn());
        row.integer(turn.conversation());
        row.integer(turn.startNanos());
        row.integer(turn.endNanos());
        row.integer(turn.promptTokens());
        row.integer(turn.cachedTokens());
        row.integer(turn.generatedTokens());
        row.integer(turn.depth());
        row.endRow();
    }

    private static ExportTable samples() {
        return new ExportTable(
                "samples",
                List.of(
                        TRIAL_ID,
                        text("channel", "quantity/site, such as power/package-0"),
                        text("unit", "SI unit of the value"),
                        text("source", "what read it"),
                        nanos("t_ns", "when it was read, device boot clock"),
                        new ExportColumn("value", "see unit", "the reading")),
                (export, row) -> export.store().eachSample(export.run().id(), new SampleFiller(row)));
    }

    private static ExportTable metrics() {
        return new ExportTable(
                "metrics",
                List.of(
                        TRIAL_ID,
                        TURN,
                        text("metric", "id of the metric, with its site where there are several"),
                        new ExportColumn("value", "see unit", "the figure"),
                        text("unit", "unit of the value"),
                        count("formula_version", "version of the formula that made it"),
                        text("source", "what it rests on"),
                        new ExportColumn("uncertainty", "see unit", "half-width; empty when unknown"),
                        text("grade", "A to D, of an energy source; empty for everything else")),
                (export, row) -> export.store().metricValues(export.run().id(), metric -> fill(metric, row)));
    }

    private static void fill(StoredMetric metric, RowSink row) {
        MetricValue value = metric.value();
        row.text(metric.trialId());
        row.integer(value.turn());
        row.text(value.metric());
        row.real(value.value());
        row.text(value.unit().symbol());
        row.integer(value.formulaVersion());
        row.text(value.source());
        row.real(value.uncertainty());
        row.text(value.grade());
        row.endRow();
    }

    private static ExportTable validity() {
        return new ExportTable(
                "validity",
                List.of(
                        TRIAL_ID,
                        text("kind", "why the trial's figures may not be quoted as they are"),
                        text("evidence", "the reading that shows it"),
                        text("meaning", "the kind in words"),
                        text("advice", "what to do about it")),
                (export, row) -> export.store()
                        .warnings(export.run().id())
                        .forEach(warning -> fill(warning, export.redaction(), row)));
    }

    private static void fill(StoredWarning stored, Redaction redaction, RowSink row) {
        Validity kind = stored.warning().validity();
        row.text(stored.trialId());
        row.text(kind.name());
        row.text(redaction.text(stored.warning().evidence()));
        row.text(kind.meaning());
        row.text(kind.advice());
        row.endRow();
    }

    private static ExportTable dictionary() {
        return new ExportTable(
                "data-dictionary",
                List.of(
                        text("table", "name of the file without its ending"),
                        text("column", "name of the column"),
                        text("unit", "unit of its values, 1 for counts, empty for text"),
                        text("meaning", "what it says")),
                (export, row) -> ALL.forEach(table -> table.columns().forEach(column -> {
                    row.text(table.name());
                    row.text(column.name());
                    row.text(column.unit());
                    row.text(column.meaning());
                    row.endRow();
                })));
    }

    /** Writes samples as they stream by; the texts stay the same objects within a channel, which the CSV sink uses. */
    private static final class SampleFiller implements SampleSink {
        private final RowSink row;
        private String trialId = "";
        private String name = "";
        private String unit = "";
        private String source = "";

        SampleFiller(RowSink row) {
            this.row = row;
        }

        @Override
        public void channel(StoredChannel stored) {
            trialId = stored.trialId();
            name = stored.channel().name();
            unit = stored.channel().unit().symbol();
            source = stored.channel().source();
        }

        @Override
        public void sample(long atNanos, double value) {
            row.text(trialId);
            row.text(name);
            row.text(unit);
            row.text(source);
            row.integer(atNanos);
            row.real(value);
            row.endRow();
        }
    }
}
