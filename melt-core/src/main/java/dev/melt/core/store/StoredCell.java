package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

/**
 * A cell of a stored run.
 *
 * @param position index in the plan, from 0
 */
public record StoredCell(String id, String runId, int position, CellFacts facts) {
    public StoredCell {
        requireNonNull(id, "id");
        requireNonNull(runId, "runId");
        requireNonNull(facts, "facts");
    }
}
