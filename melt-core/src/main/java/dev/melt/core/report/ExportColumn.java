package dev.melt.core.report;

/**
 * One column of an exported table.
 *
 * @param unit symbol, {@code 1} for a count; empty for text
 * @param meaning in one sentence
 */
record ExportColumn(String name, String unit, String meaning) {
    ExportColumn {
        if (name.isBlank() || meaning.isBlank()) {
            throw new IllegalArgumentException("a column needs a name and a meaning");
        }
    }

    static ExportColumn text(String name, String meaning) {
        return new ExportColumn(name, "", meaning);
    }

    static ExportColumn count(String name, String meaning) {
        return new ExportColumn(name, "1", meaning);
    }

    static ExportColumn nanos(String name, String meaning) {
        return new ExportColumn(name, "ns", meaning);
    }
}
