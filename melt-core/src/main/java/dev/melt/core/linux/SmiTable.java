package dev.melt.core.linux;

import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts cells below their columns: those of the heading, those that a line with the command names, or else, as far as cells
 * without a heading say themselves what they are, those that they can only be. For one text; not thread-safe.
 */
final class SmiTable {
    private static final Pattern COMMAND = Pattern.compile(".*--query-(?:gpu|compute-apps)=\"?([\\w.,]+)\"?.*");
    private static final Pattern WITH_UNIT = Pattern.compile("-?\\d{1,9}(?:\\.\\d{1,9})? (W|MHz|MiB|%)");
    private static final int MOST_COLUMNS = 500;

    private Optional<List<SmiColumn>> columns = Optional.empty();
    private boolean guessed;
    private final List<SmiRow> rows = new ArrayList<>();
    private long skipped;

    void take(SourceText text) {
        boolean named = text.has(line -> heading(line).isPresent());
        for (int i = 0; i < text.lines().size(); i++) {
            String line = text.lines().get(i);
            Optional<List<SmiColumn>> heading = heading(line);
            if (heading.isPresent() && (columns.isEmpty() || heading.get().size() > 1)) {
                columns = heading;
            } else if (!line.isBlank()) {
                row(line, text.cutIn(i), named);
            }
        }
    }

    private static Optional<List<SmiColumn>> heading(String line) {
        Matcher command = COMMAND.matcher(line);
        String names = command.matches() ? command.group(1) : line;
        List<SmiColumn> columns = new ArrayList<>();
        for (String cell : names.split(",", MOST_COLUMNS)) {
            Optional<SmiColumn> column = SmiColumn.ofHeading(cell);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            columns.add(column.get());
        }
        return columns.stream().anyMatch(SmiColumn::isLikely) ? Optional.of(columns) : Optional.empty();
    }

    private void row(String line, boolean cut, boolean named) {
        List<String> cells =
                Arrays.stream(line.split(",", MOST_COLUMNS)).map(String::strip).toList();
        if (columns.isEmpty() && !named) {
            columns = guess(cells);
            guessed = columns.isPresent();
        }
        Optional<SmiRow> row = columns.flatMap(known -> SmiRow.of(known, cells));
        if (row.isPresent() && !cut) {
            rows.add(row.get());
        } else {
            skipped++;
        }
    }

    /** Only cells that say what they are, and the unit only where it stands once: nobody knows which of two it is. */
    private static Optional<List<SmiColumn>> guess(List<String> cells) {
        List<SmiColumn> columns = new ArrayList<>();
        boolean any = false;
        for (String cell : cells) {
            String name = guess(cell, cells);
            any |= !name.isEmpty();
            columns.add(SmiColumn.ofHeading(name).orElse(new SmiColumn("column" + (columns.size() + 1), SmiUnit.NONE)));
        }
        return any ? Optional.of(columns) : Optional.empty();
    }

    private static String guess(String cell, List<String> cells) {
        Matcher unit = WITH_UNIT.matcher(cell);
        if (SmiRow.isTime(cell)) {
            return "timestamp";
        }
        if (SmiRow.isMask(cell)) {
            return "clocks_event_reasons.active";
        }
        if (SmiRow.isState(cell)) {
            return "pstate";
        }
        if (!unit.matches()
                || cells.stream().filter(other -> hasUnit(other, unit.group(1))).count() > 1) {
            return "";
        }
        return switch (unit.group(1)) {
            case "W" -> "power.draw";
            case "MHz" -> "clocks.sm";
            case "MiB" -> "memory.used";
            default -> "utilization.gpu";
        };
    }

    private static boolean hasUnit(String cell, String unit) {
        Matcher matcher = WITH_UNIT.matcher(cell);
        return matcher.matches() && matcher.group(1).equals(unit);
    }

    boolean known() {
        return columns.isPresent();
    }

    NvidiaSmi table() {
        return new NvidiaSmi(rows, guessed, skipped);
    }

    boolean any() {
        return !rows.isEmpty();
    }
}
