package dev.melt.core.report;

import dev.melt.core.store.RunStore;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** Writes every tidy table into a file of its own, in whatever format the sink has. */
final class TableFiles {
    private TableFiles() {}

    static List<Path> write(
            RunStore store,
            String runId,
            Path directory,
            ReportOptions options,
            String ending,
            BiFunction<OutputStream, ExportTable, RowSink> format) {
        Export export = Export.of(store, runId, options.pseudonyms());
        try (ReportFiles files = new ReportFiles(directory, options.overwrite())) {
            for (ExportTable table : TidyTables.ALL) {
                files.write(table.name() + ending, out -> {
                    RowSink rows = format.apply(out, table);
                    table.filler().accept(export, rows);
                    rows.flush();
                });
            }
            return files.publish();
        }
    }
}
