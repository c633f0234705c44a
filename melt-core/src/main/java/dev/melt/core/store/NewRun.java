package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import dev.melt.core.trial.TrialRole;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run that is about to be written down, before anything of it is carried out.
 *
 * @param commandLine as it was typed, one argument an element
 * @param gitCommit of MELT itself; empty for a build outside a checkout
 * @param gitDirty whether that build had changes that are not in the commit
 * @param seed of the trial order and of everything else that is drawn
 * @param planJson all that resume needs
 * @param hostFacts what the machine that MELT runs on says of itself
 * @param order the trials in the order in which they shall run
 */
public record NewRun(
        List<String> commandLine,
        String toolVersion,
        Optional<String> gitCommit,
        boolean gitDirty,
        long seed,
        String planJson,
        SortedMap<String, String> hostFacts,
        List<CellFacts> cells,
        List<Slot> order) {
    public NewRun {
        commandLine = List.copyOf(commandLine);
        requireNonNull(toolVersion, "toolVersion");
        requireNonNull(gitCommit, "gitCommit");
        requireNonNull(planJson, "planJson");
        hostFacts = Collections.unmodifiableSortedMap(new TreeMap<>(hostFacts));
        cells = List.copyOf(cells);
        order = List.copyOf(order);
        for (Slot slot : order) {
            if (slot.cell() >= cells.size()) {
                throw new IllegalArgumentException("trial of cell " + slot.cell() + ", but there are " + cells.size());
            }
        }
    }

    public NewRun(
            List<String> commandLine,
            String toolVersion,
            Optional<String> gitCommit,
            boolean gitDirty,
            long seed,
            String planJson,
            Map<String, String> hostFacts,
            List<CellFacts> cells,
            List<Slot> order) {
        this(commandLine, toolVersion, gitCommit, gitDirty, seed, planJson, new TreeMap<>(hostFacts), cells, order);
    }

    /**
     * One trial to be run.
     *
     * @param cell index into {@link NewRun#cells()}
     * @param repetition which trial of its cell and role, from 0
     */
    public record Slot(int cell, int repetition, TrialRole role) {
        public Slot {
            if (cell < 0 || repetition < 0) {
                throw new IllegalArgumentException("cell and repetition count from 0");
            }
            requireNonNull(role, "role");
        }
    }
}
