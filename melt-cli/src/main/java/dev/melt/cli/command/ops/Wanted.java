package dev.melt.cli.command.ops;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a person wants to see, and where.
 *
 * @param stagesApart whether warm-up, prefill and decode stay apart
 * @param csv a file for CSV beside the rest
 * @param csvOnOut whether CSV goes to standard output instead of tables
 * @param chart a file for a chart beside the rest
 * @param replace whether files that are there may be replaced
 */
record Wanted(
        View view,
        boolean stagesApart,
        boolean json,
        Optional<Path> csv,
        boolean csvOnOut,
        Optional<Path> chart,
        boolean replace) {
    Wanted {
        requireNonNull(view, "view");
        requireNonNull(csv, "csv");
        requireNonNull(chart, "chart");
    }
}
