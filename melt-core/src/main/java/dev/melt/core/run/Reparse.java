package dev.melt.core.run;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Engines;
import dev.melt.core.home.Home;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Warning;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.DeviceSnapshot;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredCell;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.TrialResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Computes every figure of a run again from the raw files that were kept, with today's formulas. */
public final class Reparse {
    /** What only the moment could tell; taken over from the stored result. */
    private static final Set<Outcome> NOT_IN_THE_FILES = Set.of(Outcome.REBOOTED, Outcome.DEVICE_LOST);

    private final Home home;
    private final RunStore store;
    private final Engines engines;

    public Reparse(Home home, RunStore store, Engines engines) {
        this.home = home;
        this.store = store;
        this.engines = engines;
    }

    /**
     * Replaces the results of every trial of a run whose files are there.
     *
     * @return the trials that were computed again
     */
    public List<String> run(StoredRun run) {
        RunPlan plan = PlanJson.read(run.id(), run.planJson());
        Map<String, CellFacts> cells =
                store.cells(run.id()).stream().collect(Collectors.toMap(StoredCell::id, StoredCell::facts));
        List<DeviceSnapshot> snapshots = store.snapshots(run.id()).stream()
                .filter(s -> s.moment() == DeviceSnapshot.Moment.BEFORE)
                .toList();
        List<String> done = new ArrayList<>();
        for (StoredTrial trial : store.trials(run.id())) {
            List<Path> folders = new TrialFolders(home, run.id(), trial.id()).existing(trial.attempt());
            CellFacts cell = cells.get(trial.cellId());
            if (trial.outcome().isPresent() && !folders.isEmpty() && cell != null) {
                store.saveResult(again(run, plan, trial, device(cell, snapshots), folders));
                done.add(trial.id());
            }
        }
        return done;
    }

    private TrialResult again(StoredRun run, RunPlan plan, StoredTrial trial, Device device, List<Path> folders) {
        Cell cell = plan.cellOf(plan.trials().get(trial.position()));
        List<Warning> kept = store.warnings(run.id()).stream()
                .filter(w -> w.trialId().equals(trial.id()))
                .map(w -> w.warning())
                .filter(w -> StandingWarnings.KINDS.contains(w.validity()))
                .toList();
        Optional<Verdict> overruling =
                trial.outcome().filter(NOT_IN_THE_FILES::contains).map(outcome -> new Verdict(outcome, trial.cause()));
        return new TrialAssembly(home, engines.named(cell.engine()))
                .assemble(
                        trial.id(),
                        cell,
                        new TrialContext(device, plan.protocolOf(cell.device()), kept),
                        folders,
                        trial.clock(),
                        overruling);
    }

    private static Device device(CellFacts cell, List<DeviceSnapshot> snapshots) {
        Map<String, String> facts = new TreeMap<>();
        snapshots.stream()
                .filter(snapshot -> snapshot.isOf(cell.deviceSerial()))
                .forEach(snapshot -> facts.putAll(snapshot.facts()));
        return new Device(cell.device(), cell.platform(), cell.deviceSerial(), cell.deviceVirtual(), facts);
    }
}
