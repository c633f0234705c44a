package dev.melt.core.report;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * One tidy table: a row an observation, a column a variable.
 *
 * @param filler writes the rows, values in the order of the columns
 */
record ExportTable(String name, List<ExportColumn> columns, BiConsumer<Export, RowSink> filler) {
    ExportTable {
        columns = List.copyOf(columns);
    }
}
