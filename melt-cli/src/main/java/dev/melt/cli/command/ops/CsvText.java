package dev.melt.cli.command.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Rows of RFC 4180 with line feeds. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
final class CsvText {
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final Appendable out;

    CsvText(Appendable out) {
        this.out = out;
    }

    void row(Iterable<String> first, List<String> rest) {
        try {
            String separator = "";
            for (String cell : first) {
                out.append(separator).append(cell(cell));
                separator = ",";
            }
            for (String cell : rest) {
                out.append(separator).append(cell(cell));
                separator = ",";
            }
            out.append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String cell(String text) {
        if (text.isEmpty()) {
            return text;
        }
        String harmless = FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        for (int i = 0; i < harmless.length(); i++) {
            char c = harmless.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return '"' + harmless.replace("\"", "\"\"") + '"';
            }
        }
        return harmless;
    }
}
