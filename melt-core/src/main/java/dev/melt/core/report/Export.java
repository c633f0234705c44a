package dev.melt.core.report;

import dev.melt.core.store.CellFacts;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredCell;
import dev.melt.core.store.StoredRun;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every table of one export is made from. */
record Export(RunStore store, StoredRun run, Map<String, StoredCell> cells, Redaction redaction) {
    static Export of(RunStore store, String runId, Pseudonyms pseudonyms) {
        Map<String, StoredCell> cells =
                store.cells(runId).stream().collect(Collectors.toMap(StoredCell::id, Function.identity()));
        Redaction redaction = new Redaction(
                pseudonyms,
                cells.values().stream()
                        .map(StoredCell::facts)
                        .flatMap(Export::identities)
                        .toList());
        return new Export(store, store.run(runId), cells, redaction);
    }

    /** A device that was named by user and host is known by that name as by a serial. */
    private static Stream<String> identities(CellFacts facts) {
        return facts.device().contains("@")
                ? Stream.of(facts.deviceSerial(), facts.device())
                : Stream.of(facts.deviceSerial());
    }

    StoredCell cell(String cellId) {
        StoredCell cell = cells.get(cellId);
        if (cell == null) {
            throw new IllegalStateException("no cell " + cellId);
        }
        return cell;
    }
}
