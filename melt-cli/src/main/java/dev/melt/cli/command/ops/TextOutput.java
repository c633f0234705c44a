package dev.melt.cli.command.ops;

import dev.melt.cli.Session;
import dev.melt.cli.Terminal;
import dev.melt.core.problem.PlainText;
import dev.melt.core.profile.OpProfile;
import dev.melt.core.profile.Weight;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One view for people. */
final class TextOutput {
    private final Session session;
    private final View view;

    TextOutput(Session session, View view) {
        this.session = session;
        this.view = view;
    }

    void print(List<Profiled> all) {
        for (Profiled one : all) {
            session.out().println(PlainText.oneLine(one.subject().title()));
            profile(one.profile());
            session.out().println();
        }
    }

    private void profile(OpProfile profile) {
        if (view == View.SUMMARY) {
            table(Rows.SUMMARIES, profile.summaries());
            return;
        }
        table(Rows.TOTALS, profile.totals());
        session.out().println();
        if (view != View.CALL) {
            table(Rows.MERGED, profile.rows());
        }
        if (!profile.summaries().isEmpty()) {
            session.out().println("summed up by the engine itself, in part otherwise: --by summary");
        }
        if (!profile.devices().isEmpty()) {
            session.out().println("devices, what the profiler itself takes included:");
            table(Rows.DEVICES, profile.devices());
        }
        profile.facts().forEach((key, value) -> session.out().println(PlainText.oneLine(key + ": " + value)));
        if (!profile.weights().isEmpty()) {
            session.out().println(PlainText.oneLine(types(profile.weights())));
        }
    }

    private <T> void table(Columns<T> columns, List<T> rows) {
        Terminal terminal = session.terminal();
        columns.table(rows).print(session.out(), terminal.columns(), terminal.color());
    }

    private static String types(List<Weight> weights) {
        Map<String, Long> counts =
                weights.stream().collect(Collectors.groupingBy(Weight::type, TreeMap::new, Collectors.counting()));
        return weights.size() + " weight tensors: "
                + counts.entrySet().stream()
                        .map(type -> type.getValue() + " " + type.getKey())
                        .collect(Collectors.joining(", "));
    }
}
