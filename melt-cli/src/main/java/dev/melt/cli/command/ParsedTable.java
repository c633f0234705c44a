package dev.melt.cli.command;

import dev.melt.cli.Session;
import dev.melt.cli.Terminal;
import dev.melt.cli.command.run.FigureText;
import dev.melt.cli.text.Table;
import dev.melt.cli.text.Table.Align;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.parse.Fact;
import dev.melt.core.parse.Parsed;
import dev.melt.core.parse.ParsedRun;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.problem.PlainText;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was parsed, for people: figures in handy units, those of the whole before those of each turn. */
final class ParsedTable {
    private final Session session;

    ParsedTable(Session session) {
        this.session = session;
    }

    void print(Parsed parsed) {
        if (parsed instanceof ParsedRun run) {
            run(run);
        } else if (parsed instanceof ParsedTelemetry telemetry) {
            telemetry(telemetry);
        }
        if (parsed.skipped() > 0) {
            session.say(parsed.skipped() + " lines could not be read and were left out");
        }
    }

    private void run(ParsedRun run) {
        line(run.kind() + " " + run.version().orElse("(no version in it)") + ": " + run.outcome());
        if (!run.effective().isEmpty()) {
            line(new TreeMap<>(run.effective())
                    .entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue())
                            .collect(Collectors.joining(" ", "with ", "")));
        }
        if (!run.hasFigures()) {
            return;
        }
        List<Integer> turns = run.metrics().stream()
                .flatMapToInt(value -> value.turn().stream())
                .distinct()
                .sorted()
                .boxed()
                .toList();
        Table table = new Table().column("turn", Align.LEFT);
        table.column("metric", Align.LEFT).column("value", Align.RIGHT).column("unit", Align.LEFT);
        rows(table, "all", run, OptionalInt.empty());
        if (turns.size() > 1) {
            turns.forEach(turn -> rows(table, turn.toString(), run, OptionalInt.of(turn)));
        }
        print(table);
    }

    private static void rows(Table table, String label, ParsedRun run, OptionalInt turn) {
        for (MetricValue value : run.metrics()) {
            if (value.turn().equals(turn)) {
                FigureText.Scale scale = FigureText.scale(value.unit(), value.value());
                String text = isCount(value) ? Long.toString((long) value.value()) : scale.text(value.value());
                table.row(List.of(label, value.metric(), text, scale.symbol()));
            }
        }
    }

    private static boolean isCount(MetricValue value) {
        return value.unit() == Unit.RATIO && value.value() == Math.rint(value.value());
    }

    private void telemetry(ParsedTelemetry telemetry) {
        line(telemetry.kind());
        telemetry.facts().forEach(this::fact);
        if (telemetry.samples().isEmpty()) {
            return;
        }
        Table table = new Table().column("t", Align.RIGHT).column("channel", Align.LEFT);
        table.column("value", Align.RIGHT).column("unit", Align.LEFT);
        telemetry.samples().forEach(reading -> {
            FigureText.Scale scale = FigureText.scale(reading.unit(), reading.value());
            String t = reading.t().isPresent()
                    ? String.format(Locale.ROOT, "%.3f", reading.t().getAsDouble())
                    : "";
            table.row(List.of(t, reading.channel(), scale.text(reading.value()), scale.symbol()));
        });
        print(table);
    }

    private void fact(String key, Fact fact) {
        if (fact instanceof Fact.Rows list) {
            list.rows()
                    .forEach(row -> line(row.entrySet().stream()
                            .map(e -> e.getKey() + "=" + e.getValue().json())
                            .collect(Collectors.joining(" ", key + ": ", ""))));
        } else {
            line(key + " = " + fact.json());
        }
    }

    private void print(Table table) {
        Terminal terminal = session.terminal();
        table.print(session.out(), terminal.columns(), terminal.color());
    }

    private void line(String text) {
        session.out().println(PlainText.oneLine(text));
    }
}
