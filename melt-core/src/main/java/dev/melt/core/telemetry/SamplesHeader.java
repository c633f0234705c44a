package dev.melt.core.telemetry;

import dev.melt.core.telemetry.Probe.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that stand above the samples and say what each column is, so that {@code samples.tsv} can be read alone and
 * at any later time. The host writes them; the agent puts them in front and adds its own.
 */
public final class SamplesHeader {
    private static final String FIRST = "#melt-samples 1";
    private static final String COLUMN = "#column\t";
    private static final String PERIOD = "#period_us ";
    private static final String ORIGIN = "#origin_ns ";

    private final List<Column> columns = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean known;
    private long periodNanos;
    private long originNanos = -1;

    SamplesHeader() {}

    /** What the host writes for a plan. */
    public static String text(TelemetryPlan plan, long periodMicros) {
        StringBuilder text = new StringBuilder(FIRST + "\n" + PERIOD + periodMicros + "\n");
        for (Probe probe : plan.probes()) {
            for (Column column : probe.columns()) {
                Channel channel = column.channel();
                text.append(COLUMN)
                        .append(String.join(
                                "\t",
                                cell(channel.quantity()),
                                cell(channel.site()),
                                channel.unit().symbol(),
                                cell(channel.source()),
                                column.conversion().text(),
                                cell(probe.reader()),
                                cell(probe.path())))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String cell(String value) {
        if (value.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("a header cell must have no control character: " + value);
        }
        return value;
    }

    /** Takes a line that begins with {@code #}; those that are not known are kept as notes. */
    void take(String line) {
        if (line.equals(FIRST)) {
            known = true;
        } else if (line.startsWith(COLUMN)) {
            columns.add(column(line));
        } else if (line.startsWith(PERIOD)) {
            periodNanos = Math.multiplyExact(number(line, PERIOD), 1000L);
        } else if (line.startsWith(ORIGIN)) {
            originNanos = number(line, ORIGIN);
        } else {
            notes.add(line.substring(1));
        }
    }

    private static Column column(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length < 6) {
            throw new UnreadableSamplesException("samples.tsv: a column needs five cells: " + line, null);
        }
        try {
            Channel channel = new Channel(cells[1], cells[2], Unit.ofSymbol(cells[3]), cells[4]);
            return new Column(channel, Conversion.ofText(cells[5]));
        } catch (IllegalArgumentException unknownUnit) {
            throw new UnreadableSamplesException("samples.tsv: " + line, unknownUnit);
        }
    }

    private static long number(String line, String prefix) {
        try {
            return Long.parseLong(line.substring(prefix.length()));
        } catch (NumberFormatException malformed) {
            throw new UnreadableSamplesException("samples.tsv: a number expected: " + line, malformed);
        }
    }

    boolean known() {
        return known;
    }

    List<Column> columns() {
        return columns;
    }

    List<String> notes() {
        return notes;
    }

    long periodNanos() {
        return periodNanos;
    }

    /** Boot-clock time for which the first tick was planned, or -1. */
    long originNanos() {
        return originNanos;
    }
}
