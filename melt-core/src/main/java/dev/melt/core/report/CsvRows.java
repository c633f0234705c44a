package dev.melt.core.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;

/**
 * A table as RFC 4180 text in UTF-8 with line feeds and a header. Absent is an empty cell, empty text is {@code ""}. Text
 * that a spreadsheet would run as a formula gets an apostrophe in front.
 *
 * <p>Written by hand over one buffer, because a run has millions of samples.
 */
final class CsvRows implements RowSink {
    private static final int BUFFER = 1 << 16;
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final String[] lastTexts;
    private final byte[][] lastCells;
    private int size;
    private int column;

    CsvRows(OutputStream out, ExportTable table) {
        this.out = out;
        int columns = table.columns().size();
        lastTexts = new String[columns];
        lastCells = new byte[columns][];
        table.columns().forEach(named -> text(named.name()));
        endRow();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a cache: the same object has the same cell, another is encoded again
    public void text(String value) {
        if (lastTexts[column] != value) {
            lastTexts[column] = value;
            lastCells[column] = cell(value).getBytes(UTF_8);
        }
        byte[] cell = lastCells[column];
        begin(0);
        append(cell);
    }

    private static String cell(String value) {
        boolean formula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        String harmless = formula ? "'" + value : value;
        return harmless.isEmpty() || needsQuotes(harmless) ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
    }

    private static boolean needsQuotes(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return value.startsWith(" ") || value.endsWith(" ");
    }

    @Override
    public void integer(long value) {
        begin(Decimal.LONGEST);
        size = Decimal.write(value, buffer, size);
    }

    @Override
    public void real(double value) {
        begin(Decimal.LONGEST);
        size = Decimal.write(value, buffer, size);
    }

    @Override
    public void flag(boolean value) {
        text(value ? "true" : "false");
    }

    @Override
    public void map(SortedMap<String, String> value) {
        text(JsonText.of(value));
    }

    @Override
    public void list(List<String> value) {
        text(JsonText.of(value));
    }

    @Override
    public void absent() {
        begin(0);
    }

    @Override
    public void endRow() {
        if (column != lastTexts.length) {
            throw new IllegalStateException("a row of " + column + " values for " + lastTexts.length + " columns");
        }
        column = 0;
        reserve(1);
        buffer[size++] = '\n';
    }

    private void begin(int room) {
        reserve(room + 1);
        if (column++ > 0) {
            buffer[size++] = ',';
        }
    }

    private void append(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            reserve(1);
            int part = Math.min(bytes.length - from, BUFFER - size);
            System.arraycopy(bytes, from, buffer, size, part);
            size += part;
            from += part;
        }
    }

    private void reserve(int room) {
        if (BUFFER - size < room) {
            flush();
        }
    }

    @Override
    public void flush() {
        try {
            out.write(buffer, 0, size);
            size = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
