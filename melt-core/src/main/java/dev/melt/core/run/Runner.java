package dev.melt.core.run;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.Devices;
import dev.melt.core.engine.Engines;
import dev.melt.core.home.Home;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.DeviceSnapshot;
import dev.melt.core.store.RunState;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.TrialResult;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out what is unfinished of a stored run, trial after trial; a run that is new and one that is resumed are the
 * same to it. A trial that fails is stored with its cause and the next one runs.
 */
public final class Runner {
    private final Home home;
    private final RunStore store;
    private final Engines engines;
    private final Devices devices;
    private final Clock clock;
    private final StopSignal stop;
    private final RunProgress.Listener listener;

    /**
     * Makes a runner.
     *
     * @param devices opens devices; what is opened is closed by the runner
     * @param stop raised when a person wants the run to end
     */
    public Runner(
            Home home,
            RunStore store,
            Engines engines,
            Devices devices,
            Clock clock,
            StopSignal stop,
            RunProgress.Listener listener) {
        this.home = home;
        this.store = store;
        this.engines = engines;
        this.devices = devices;
        this.clock = clock;
        this.stop = stop;
        this.listener = listener;
    }

    /** Runs every unfinished trial, and gives how many trials of the run ended in which way. */
    public Map<Outcome, Integer> run(StoredRun run, RunPlan plan) {
        long start = System.nanoTime();
        store.markRun(run.id(), RunState.RUNNING);
        listener.happened(new RunProgress.RunStarted(
                run.id(),
                plan.trials().size(),
                plan.cells().stream().map(Cell::label).toList()));
        List<String> devices =
                plan.cells().stream().map(Cell::device).distinct().toList();
        for (String device : devices) {
            if (!stop.isRaised()) {
                runOn(device, run, plan);
            }
        }
        Map<Outcome, Integer> outcomes = outcomes(run.id());
        boolean done = store.unfinishedTrials(run.id()).isEmpty();
        store.markRun(run.id(), done ? RunState.DONE : RunState.INTERRUPTED);
        listener.happened(new RunProgress.RunFinished(run.id(), outcomes, Duration.ofNanos(System.nanoTime() - start)));
        return outcomes;
    }

    private void runOn(String device, StoredRun run, RunPlan plan) {
        List<StoredTrial> unfinished = store.unfinishedTrials(run.id()).stream()
                .filter(t ->
                        plan.cellOf(plan.trials().get(t.position())).device().equals(device))
                .toList();
        if (unfinished.isEmpty()) {
            return;
        }
        try (DeviceDriver driver = devices.open(device)) {
            Lane lane = new Lane(driver, devices.profileFacts(device), engines, store, stop, listener);
            snapshot(run, lane, DeviceSnapshot.Moment.BEFORE);
            RemainingTime remaining = new RemainingTime(unfinished.size());
            boolean first = true;
            for (StoredTrial trial : unfinished) {
                if (!first) {
                    stop.await(plan.protocol().cooldown());
                }
                if (stop.isRaised()) {
                    break;
                }
                first = false;
                runTrial(lane, trial, run, plan, remaining);
            }
            snapshot(run, lane, DeviceSnapshot.Moment.AFTER);
        }
    }

    private void runTrial(Lane lane, StoredTrial trial, StoredRun run, RunPlan plan, RemainingTime remaining) {
        PlannedTrial planned = plan.trials().get(trial.position());
        Cell cell = plan.cellOf(planned);
        TrialFolders folders = new TrialFolders(home, run.id(), trial.id());
        int number = trial.position() + 1;
        int of = plan.trials().size();
        long start = System.nanoTime();
        TrialResult result = new TrialBoundary(lane, plan.protocol(), folders)
                .run(
                        trial.id(),
                        planned,
                        cell,
                        (found, temperature) -> listener.happened(new RunProgress.TrialStarted(
                                trial.id(),
                                number,
                                of,
                                cell.label(),
                                planned.role(),
                                found,
                                remaining.estimate(),
                                temperature)));
        remaining.took(Duration.ofNanos(System.nanoTime() - start));
        listener.happened(new RunProgress.TrialFinished(
                trial.id(), number, of, result.outcome(), result.cause(), result.metrics()));
    }

    private void snapshot(StoredRun run, Lane lane, DeviceSnapshot.Moment moment) {
        DeviceReports.of(home, run.id()).keep(lane.driver(), moment);
        store.saveSnapshot(
                new DeviceSnapshot(run.id(), Optional.empty(), moment, clock.instant(), lane.snapshotFacts()));
    }

    private Map<Outcome, Integer> outcomes(String runId) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        store.trials(runId).stream()
                .flatMap(t -> t.outcome().stream())
                .forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        return outcomes;
    }
}
