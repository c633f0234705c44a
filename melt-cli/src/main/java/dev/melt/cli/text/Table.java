package dev.melt.cli.text;

import dev.melt.core.problem.PlainText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, each column as wide as its widest cell. Cells are made safe for a terminal; the same on every
 * locale. Not safe for threads.
 */
public final class Table {
    /** Which edge of a column its cells touch: words the left one, figures the right one. */
    public enum Align {
        LEFT,
        RIGHT
    }

    private static final String GAP = "  ";

    private final List<Align> aligns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> headings = new ArrayList<>();

    /** Adds a column; all columns come before the first row. */
    public Table column(String heading, Align align) {
        if (!rows.isEmpty()) {
            throw new IllegalStateException("column " + heading + " after the first row");
        }
        headings.add(PlainText.oneLine(heading));
        aligns.add(align);
        return this;
    }

    public Table row(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(headings.size() + " cells needed, " + cells.size() + " given");
        }
        rows.add(cells.stream().map(PlainText::oneLine).toList());
        return this;
    }

    /**
     * Writes all; lines longer than {@code columns} are cut.
     *
     * @param emphasised whether the headings are bold, by an escape sequence that only a terminal understands
     */
    public void print(PrintStream out, int columns, boolean emphasised) {
        int[] widths = widths();
        String heading = TextWidth.cut(line(headings, widths), columns);
        out.println(emphasised ? "\u001b[1m" + heading + "\u001b[0m" : heading);
        for (List<String> row : rows) {
            out.println(TextWidth.cut(line(row, widths), columns));
        }
    }

    private int[] widths() {
        int[] widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = TextWidth.of(headings.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], TextWidth.of(row.get(i)));
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - TextWidth.of(cells.get(i)));
            line.append(i == 0 ? "" : GAP);
            line.append(aligns.get(i) == Align.LEFT ? cells.get(i) + padding : padding + cells.get(i));
        }
        return line.toString().stripTrailing();
    }
}
