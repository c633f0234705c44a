package dev.melt.engines.llamacpp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table between bars, read by the names in its header, for which columns there are depends on what was asked for. Rows
 * begin in the header's column; log lines with bars in them do not.
 *
 * @param rows cells by column
 * @param cutOff whether a row ends before its last column
 */
record MarkdownTable(List<Map<String, String>> rows, boolean cutOff) {
    /** The rows under a header that has these columns, wherever it stands; several such tables are one. */
    static Optional<MarkdownTable> in(List<String> lines, String... needed) {
        List<String> header = List.of();
        List<Map<String, String>> rows = new ArrayList<>();
        boolean cut = false;
        int indent = 0;
        for (String line : lines) {
            List<String> cells = cells(line);
            if (cells.containsAll(List.of(needed))) {
                header = cells;
                indent = line.indexOf('|');
            } else if (!header.isEmpty() && line.indexOf('|') == indent && !isRule(cells)) {
                if (cells.size() == header.size() && line.stripTrailing().endsWith("|")) {
                    rows.add(row(header, cells));
                } else {
                    cut = true;
                }
            }
        }
        return header.isEmpty() ? Optional.empty() : Optional.of(new MarkdownTable(rows, cut));
    }

    private static Map<String, String> row(List<String> header, List<String> cells) {
        Map<String, String> row = new HashMap<>();
        IntStream.range(0, cells.size()).forEach(i -> row.put(header.get(i), cells.get(i)));
        return row;
    }

    private static List<String> cells(String line) {
        int bar = line.indexOf('|');
        return bar < 0
                ? List.of()
                : Arrays.stream(line.substring(bar + 1).split("\\|"))
                        .map(String::strip)
                        .toList();
    }

    private static boolean isRule(List<String> cells) {
        return cells.stream().allMatch(cell -> cell.matches("[-: ]*"));
    }
}
