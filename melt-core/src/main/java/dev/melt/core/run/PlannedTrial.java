package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.trial.TrialRole;

/**
 * One execution of a cell.
 *
 * @param cell index into the plan's cells
 * @param repetition among the trials of the same cell and role, from 0
 */
public record PlannedTrial(int cell, int repetition, TrialRole role) {
    public PlannedTrial {
        requireNonNull(role, "role");
    }

    /** The same in another cell. */
    PlannedTrial inCell(int other) {
        return new PlannedTrial(other, repetition, role);
    }
}
