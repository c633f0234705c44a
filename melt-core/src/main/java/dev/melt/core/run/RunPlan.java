package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A run before it starts. Stored whole, so that {@code melt resume} needs nothing else.
 *
 * @param trials in the order in which they will be run
 */
public record RunPlan(List<Cell> cells, Protocol protocol, List<PlannedTrial> trials) {
    public RunPlan {
        cells = List.copyOf(cells);
        requireNonNull(protocol, "protocol");
        trials = List.copyOf(trials);
    }

    public Cell cellOf(PlannedTrial trial) {
        return cells.get(trial.cell());
    }
}
