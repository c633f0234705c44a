package dev.melt.core.linux;

import dev.melt.core.log.LogStamp;
import dev.melt.core.telemetry.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of nvidia-smi: one GPU at one time.
 *
 * @param gpu its index, else its UUID or the like; empty where the row does not tell
 * @param readings the row's figures
 * @param words the row's other cells, by column
 * @param reasons the mask of what limits the clocks
 * @param absent what stands in place of a figure that the GPU does not give, by column
 */
record SmiRow(
        Optional<String> gpu,
        Optional<LogStamp> stamp,
        List<Figure> readings,
        Map<String, String> words,
        OptionalLong reasons,
        Map<String, String> absent) {
    private static final Pattern FIGURE = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,9})?)(?:\\s*(%|[A-Za-z]{1,3}))?");
    private static final Pattern TIME =
            Pattern.compile("(\\d{4})/(\\d\\d)/(\\d\\d) (\\d\\d:\\d\\d:\\d\\d)(\\.\\d{3,9})?");
    private static final Pattern MASK = Pattern.compile("0x([0-9A-Fa-f]{1,16})");
    private static final Pattern STATE = Pattern.compile("P(\\d{1,2})");
    private static final Pattern ABSENT = Pattern.compile("\\[.*\\]|N/A|ERR!|");
    private static final List<String> IDENTITIES =
            List.of("index", "uuid", "gpu_uuid", "pci.bus_id", "gpu_bus_id", "pid");
    private static final String REASONS = "clocks_event_reasons.";
    private static final double MOST_PERCENT = 100;

    SmiRow {
        readings = List.copyOf(readings);
    }

    /** A figure in SI units. */
    record Figure(String quantity, String site, Unit unit, double value) {}

    /** The row's cells below their columns; empty where a cell cannot be what its column says. */
    static Optional<SmiRow> of(List<SmiColumn> columns, List<String> cells) {
        Cells row = new Cells();
        boolean whole = columns.size() == cells.size();
        for (int i = 0; whole && i < cells.size(); i++) {
            whole = row.take(columns.get(i), cells.get(i).strip());
        }
        return whole ? Optional.of(row.row()) : Optional.empty();
    }

    static boolean isTime(String cell) {
        return TIME.matcher(cell).matches();
    }

    static boolean isMask(String cell) {
        return MASK.matcher(cell).matches();
    }

    static boolean isState(String cell) {
        return STATE.matcher(cell).matches();
    }

    private static final class Cells {
        private Optional<LogStamp> stamp = Optional.empty();
        private final List<Figure> readings = new ArrayList<>();
        private final Map<String, String> words = new LinkedHashMap<>();
        private OptionalLong reasons = OptionalLong.empty();
        private final Map<String, String> absent = new LinkedHashMap<>();

        boolean take(SmiColumn column, String cell) {
            String name = column.name();
            if (ABSENT.matcher(cell).matches()) {
                absent.put(name, cell);
                return true;
            }
            if (name.equals("timestamp")) {
                return time(cell);
            }
            if (name.equals("pstate")) {
                Matcher state = STATE.matcher(cell);
                return state.matches()
                        && readings.add(new Figure("state", name, Unit.RATIO, Integer.parseInt(state.group(1))));
            }
            if (name.equals(REASONS + "active")) {
                Matcher mask = MASK.matcher(cell);
                reasons = mask.matches() ? OptionalLong.of(Long.parseUnsignedLong(mask.group(1), 16)) : reasons;
                return mask.matches();
            }
            if (cell.equals("Active") || cell.equals("Not Active")) {
                double active = cell.equals("Active") ? 1 : 0;
                return readings.add(new Figure("throttle", name.replace(REASONS, ""), Unit.RATIO, active));
            }
            Optional<SmiColumn.Meaning> meaning = column.meaning();
            if (meaning.isEmpty() || name.endsWith(".supported")) {
                words.put(name, cell);
                return true;
            }
            return figure(column, meaning.get(), cell);
        }

        private boolean time(String cell) {
            Matcher time = TIME.matcher(cell);
            if (!time.matches()) {
                return false;
            }
            String fraction = Optional.ofNullable(time.group(5)).orElse(".000");
            stamp = Optional.of(new LogStamp(
                    String.join("-", time.group(1), time.group(2), time.group(3)) + " " + time.group(4) + fraction));
            return true;
        }

        private boolean figure(SmiColumn column, SmiColumn.Meaning meaning, String cell) {
            Matcher figure = FIGURE.matcher(cell);
            if (!figure.matches()) {
                return false;
            }
            Optional<SmiUnit> unit = figure.group(2) == null
                    ? Optional.of(column.unit())
                    : SmiUnit.ofSymbol(figure.group(2)).filter(own -> own.unit == column.unit().unit);
            double value = Double.parseDouble(figure.group(1));
            if (unit.isEmpty() || (unit.get() == SmiUnit.PERCENT && (value < 0 || value > MOST_PERCENT))) {
                return false;
            }
            return readings.add(new Figure(
                    meaning.quantity(),
                    meaning.site(),
                    unit.get().unit,
                    unit.get().si(value)));
        }

        SmiRow row() {
            return new SmiRow(
                    IDENTITIES.stream()
                            .filter(words::containsKey)
                            .map(words::get)
                            .findFirst(),
                    stamp,
                    readings,
                    words,
                    reasons,
                    absent);
        }
    }
}
