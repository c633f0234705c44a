package dev.melt.core.report;

import dev.melt.core.store.RunStore;
import java.nio.file.Path;
import java.util.List;

/** Tidy tables as CSV, with {@code data-dictionary.csv}. */
public final class CsvReport implements ReportWriter {
    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String describe() {
        return "tidy tables as CSV (RFC 4180, UTF-8), with a data dictionary";
    }

    @Override
    public List<Path> write(RunStore store, String runId, Path directory, ReportOptions options) {
        return TableFiles.write(store, runId, directory, options, ".csv", CsvRows::new);
    }
}
