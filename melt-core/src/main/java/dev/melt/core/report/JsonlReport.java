package dev.melt.core.report;

import dev.melt.core.store.RunStore;
import java.nio.file.Path;
import java.util.List;

/** Tidy tables as JSON lines, with {@code data-dictionary.jsonl}. */
public final class JsonlReport implements ReportWriter {
    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public String describe() {
        return "tidy tables as JSON, one object a line, with a data dictionary";
    }

    @Override
    public List<Path> write(RunStore store, String runId, Path directory, ReportOptions options) {
        return TableFiles.write(store, runId, directory, options, ".jsonl", JsonRows::new);
    }
}
