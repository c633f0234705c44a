package dev.melt.cli.command.run;

import dev.melt.cli.Session;
import dev.melt.cli.text.Table;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.QualityMetrics;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.problem.PlainText;
import dev.melt.core.run.ReadChannel;
import dev.melt.core.run.RunResults;
import dev.melt.core.run.RunResults.CellResults;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.summary.Summary;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Shows a run's results to a person: a table for each cell, what was not measured and why, and every warning. */
final class ResultTable {
    private static final String DEVICE = "device.";

    /** What a first look wants to see; {@code melt show --all} has everything. */
    private static final Set<String> USUAL = Set.of(
            "load_time",
            "graph_prepare_time",
            "ttft",
            "prefill_rate",
            "decode_rate",
            "itl_p50",
            "itl_p90",
            "turn_time",
            "peak_rss",
            "peak_pss",
            "kv_bytes",
            "energy",
            "energy_net",
            "energy_per_token",
            "power_mean",
            "power_peak",
            "discharge",
            "temperature_peak",
            "temperature_rise",
            "throttle_time",
            "retained_rate",
            "mbu",
            "mfu",
            "accuracy",
            "perplexity",
            "kl_divergence");

    private static final int OPERATORS = 12;

    private final Session session;
    private final PrintStream out;
    private final boolean all;
    private final RunStore store;

    /**
     * For one run.
     *
     * @param all every figure, and how the channels were read
     */
    ResultTable(Session session, RunStore store, boolean all) {
        this.store = store;
        this.session = session;
        this.out = session.out();
        this.all = all;
    }

    void print(RunResults results) {
        results.cells().forEach(this::cell);
        results.absent()
                .forEach((quantity, reason) -> out.println(PlainText.oneLine(quantity + " not measured: " + reason)));
    }

    private void cell(CellResults cell) {
        out.println(PlainText.oneLine(title(cell)));
        if (cell.summaries().isEmpty()) {
            out.println("  no figures: no trial ended well");
        } else {
            figures(cell.summaries());
        }
        if (!cell.profiles().isEmpty()) {
            operators(cell.profiles());
        }
        if (all) {
            channels(ReadChannel.of(store, cell.trials()));
        }
        failures(cell.trials());
        warnings(cell.warnings());
        out.println();
    }

    private static String title(CellResults cell) {
        CellFacts facts = cell.cell().facts();
        return facts.model() + (facts.modelSynthetic() ? " (synthetic)" : "") + ", " + facts.workload() + ", "
                + facts.engine() + " on " + facts.device() + (facts.deviceVirtual() ? " (virtual)" : "") + ", threads "
                + facts.settings().getOrDefault("threads", "?") + ofDevice(facts.settings());
    }

    /** Settings of the device that are the cell's alone. */
    private static String ofDevice(SortedMap<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(DEVICE))
                .map(setting -> ", " + setting.getKey().substring(DEVICE.length()) + " " + setting.getValue())
                .collect(Collectors.joining());
    }

    private void figures(List<Summary> summaries) {
        Table table = new Table()
                .column("figure", Table.Align.LEFT)
                .column("median", Table.Align.RIGHT)
                .column("95 % interval", Table.Align.RIGHT)
                .column("unit", Table.Align.LEFT)
                .column("n", Table.Align.RIGHT)
                .column(all ? "source" : "", Table.Align.LEFT);
        for (Summary summary : summaries) {
            if (all || USUAL.contains(withoutSite(summary.metric()))) {
                table.row(row(summary));
            }
        }
        table.print(out, session.terminal().columns(), session.terminal().color());
    }

    private List<String> row(Summary summary) {
        FigureText.Scale scale = FigureText.scale(summary.unit(), summary.median());
        String interval = summary.low().isPresent() && summary.high().isPresent()
                ? scale.text(summary.low().getAsDouble()) + " .. "
                        + scale.text(summary.high().getAsDouble())
                : error(summary, scale);
        return List.of(
                summary.metric() + condition(summary.source()),
                scale.text(summary.median()),
                interval,
                scale.symbol(),
                Integer.toString(summary.n()),
                all ? summary.source() : "");
    }

    private static String error(Summary summary, FigureText.Scale scale) {
        return summary.uncertainty().isPresent() && QualityMetrics.has(summary.metric())
                ? "+/- " + scale.text(summary.uncertainty().getAsDouble()) + " (s.e.)"
                : "-";
    }

    /** What stands behind the comma of a source, such as the state of the page cache: figures of two states differ. */
    private static String condition(String source) {
        int comma = source.lastIndexOf(", ");
        return comma < 0 ? "" : " (" + source.substring(comma + 2) + ")";
    }

    private static String withoutSite(String metric) {
        int slash = metric.indexOf('/');
        return slash < 0 ? metric : metric.substring(0, slash);
    }

    private void operators(List<MetricValue> shares) {
        Table table = new Table().column("operator", Table.Align.LEFT).column("share of time", Table.Align.RIGHT);
        shares.stream()
                .filter(v -> v.turn().isEmpty())
                .sorted(Comparator.comparingDouble(MetricValue::value).reversed())
                .limit(all ? Long.MAX_VALUE : OPERATORS)
                .forEach(v -> table.row(List.of(
                        v.metric().substring(v.metric().indexOf('/') + 1),
                        String.format(Locale.ROOT, "%.1f %%", 100 * v.value()))));
        table.print(out, session.terminal().columns(), session.terminal().color());
    }

    private void channels(List<ReadChannel> read) {
        if (!read.isEmpty()) {
            ChannelText.table(read)
                    .print(out, session.terminal().columns(), session.terminal().color());
        }
    }

    private void failures(List<StoredTrial> trials) {
        for (StoredTrial trial : trials) {
            trial.outcome()
                    .filter(outcome -> outcome != Outcome.OK)
                    .ifPresent(outcome -> out.println(
                            PlainText.oneLine("trial " + trial.id() + ": " + outcome + ", " + trial.cause())));
        }
    }

    private void warnings(List<Warning> warnings) {
        Map<Validity, List<String>> byKind = new EnumMap<>(Validity.class);
        warnings.forEach(w ->
                byKind.computeIfAbsent(w.validity(), any -> new ArrayList<>()).add(w.evidence()));
        byKind.forEach((validity, evidence) -> {
            List<String> distinct = evidence.stream().distinct().toList();
            String more = distinct.size() > 1 ? " (and " + (distinct.size() - 1) + " more)" : "";
            out.println(PlainText.oneLine(
                    "warning: " + validity.meaning() + ": " + distinct.get(0) + more + "; " + validity.advice()));
        });
    }
}
