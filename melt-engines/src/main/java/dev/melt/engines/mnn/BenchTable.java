package dev.melt.engines.mnn;

import dev.melt.engines.text.ConsoleText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of {@code llm_bench}, read by the names of its columns, of which some are there only with certain options. */
final class BenchTable {
    private static final Pattern TEST = Pattern.compile("^(?:pp([0-9]{1,7}))?\\+?(?:tg([0-9]{1,7}))?$");
    private static final Pattern DEMO = Pattern.compile("prompt=([0-9]{1,7})<br>decode=([0-9]{1,7})");

    private final List<BenchTest> tests = new ArrayList<>();
    private final Map<String, String> about = new HashMap<>();
    private List<String> columns = List.of();
    private int lastLine = -1;

    private BenchTable() {}

    /** The table in a text; empty where there is none, or where one of its rows is cut off. */
    static Optional<BenchOutput.Contents> in(ConsoleText text) {
        BenchTable table = new BenchTable();
        List<String> lines = text.lines();
        for (int i = 0; i < lines.size(); i++) {
            List<String> cells = cells(lines.get(i));
            if (cells.contains("model") && cells.contains("modelSize")) {
                table.columns = cells;
            } else if (!table.columns.isEmpty()
                    && !cells.isEmpty()
                    && !cells.get(0).matches(":?-+:?")) {
                if (!table.row(cells)) {
                    return Optional.empty();
                }
                table.lastLine = i;
            }
        }
        return table.tests.isEmpty()
                ? Optional.empty()
                : Optional.of(new BenchOutput.Contents(table.tests, table.about, table.lastLine));
    }

    private boolean row(List<String> cells) {
        if (cells.size() != columns.size()) {
            return false;
        }
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(columns.get(i), cells.get(i));
        }
        for (String key : List.of("model", "backend", "threads", "mmap")) {
            Optional.ofNullable(row.get(key)).ifPresent(value -> about.put(key, value));
        }
        Optional<BenchTest> test = test(row);
        test.ifPresent(tests::add);
        return test.isPresent();
    }

    private static Optional<BenchTest> test(Map<String, String> row) {
        Matcher plain = TEST.matcher(row.getOrDefault("test", "none"));
        Matcher demo = DEMO.matcher(row.getOrDefault("llm_demo", ""));
        Matcher found = demo.find() ? demo : plain;
        if (found == plain && !plain.matches()) {
            return Optional.empty();
        }
        int prompt = tokens(found.group(1));
        int generate = tokens(found.group(2));
        List<Rate> rates = Rate.of(row.getOrDefault("speed(tok/s)", row.getOrDefault("t/s", "")));
        OptionalDouble load = Rate.of(row.getOrDefault("loadingTime(s)", "")).stream()
                .mapToDouble(Rate::mean)
                .findFirst();
        boolean apart = rates.size() == 2;
        return Optional.of(new BenchTest(
                prompt,
                generate,
                apart || generate == 0 ? rates.stream().findFirst() : Optional.empty(),
                apart ? Optional.of(rates.get(1)) : prompt == 0 ? rates.stream().findFirst() : Optional.empty(),
                load));
    }

    private static int tokens(String printed) {
        return printed == null ? 0 : Integer.parseInt(printed);
    }

    private static List<String> cells(String line) {
        int from = line.indexOf('|');
        int to = line.lastIndexOf('|');
        if (from < 0 || to == from) {
            return List.of();
        }
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(from + 1, to).split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }
}
