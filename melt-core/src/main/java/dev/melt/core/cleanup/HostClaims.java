package dev.melt.core.cleanup;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.Cell;
import dev.melt.core.run.PlanJson;
import dev.melt.core.run.RunPlan;
import dev.melt.core.store.RunState;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the runs in this host's store still want of a device.
 *
 * @param wanted trials whose results may not be here yet, with the run that goes on with each
 * @param settled trials whose results are here
 * @param hashes of models and bundles that a run uses which goes on now, with that run
 */
public record HostClaims(Map<String, String> wanted, Set<String> settled, Map<String, String> hashes) {
    /** Of a host that has run nothing. */
    public static final HostClaims NONE = new HostClaims(Map.of(), Set.of(), Map.of());

    public HostClaims {
        wanted = Map.copyOf(wanted);
        settled = Set.copyOf(settled);
        hashes = Map.copyOf(hashes);
    }

    /** Looks through every run of a store. */
    public static HostClaims of(RunStore store) {
        Map<String, String> wanted = new HashMap<>();
        Set<String> settled = new HashSet<>();
        Map<String, String> hashes = new HashMap<>();
        for (StoredRun run : store.runs()) {
            for (StoredTrial trial : store.trials(run.id())) {
                if (trial.finished()) {
                    settled.add(trial.id());
                } else {
                    wanted.put(trial.id(), run.id());
                }
            }
            if (run.state() == RunState.RUNNING) {
                hashesOf(run).forEach(hash -> hashes.put(hash, run.id()));
            }
        }
        return new HostClaims(wanted, settled, hashes);
    }

    /** A plan of another version cannot be gone on with by this one, so nothing is kept for it. */
    private static Set<String> hashesOf(StoredRun run) {
        Set<String> hashes = new HashSet<>();
        try {
            RunPlan plan = PlanJson.read(run.id(), run.planJson());
            for (Cell cell : plan.cells()) {
                hashes.add(cell.bundleSha256());
                hashes.add(cell.model().digest());
                cell.base().ifPresent(base -> hashes.add(base.digest()));
            }
        } catch (InvalidInputException ofAnotherVersion) {
            return Set.of();
        }
        return hashes;
    }
}
