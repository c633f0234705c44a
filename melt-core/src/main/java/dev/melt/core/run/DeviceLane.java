package dev.melt.core.run;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.store.DeviceSnapshot;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.TrialResult;
import java.time.Duration;
import java.util.List;

/**
 * Carries out the trials of a run on one device: opens it, puts back what an earlier MELT left changed, prepares it, runs trial after
 * trial, and leaves it as it was found. A device that stays away ends the lane; its trials are then for {@code melt resume}.
 */
final class DeviceLane {
    private final RunParts parts;
    private final StoredRun run;
    private final RunPlan plan;
    private final String device;
    private final Protocol protocol;

    DeviceLane(RunParts parts, StoredRun run, RunPlan plan, String device) {
        this.parts = parts;
        this.run = run;
        this.plan = plan;
        this.device = device;
        this.protocol = plan.protocolOf(device);
    }

    /** To the end of the last trial, or until a person wants the run to end, or the device is gone for good. */
    void run() {
        List<StoredTrial> unfinished = parts.store().unfinishedTrials(run.id()).stream()
                .filter(t ->
                        plan.cellOf(plan.trials().get(t.position())).device().equals(device))
                .toList();
        if (unfinished.isEmpty() || parts.stop().isRaised()) {
            return;
        }
        LinkPatience patience =
                LinkPatience.telling(device, protocol.linkTimeout(), parts.stop(), parts.listener(), () -> {});
        try {
            LeftBehind leftBehind =
                    new LeftBehind(parts.store().settings(), device, protocol.mayRestart(), parts.listener());
            leftBehind.powerUp();
            try (DeviceDriver driver = patience.get(() -> parts.devices().open(device))) {
                Lane lane = patience.get(() -> new Lane(parts, run, protocol, driver));
                leftBehind.restore(driver, patience);
                trials(lane, unfinished, patience);
            }
        } catch (DeviceException gone) {
            parts.listener()
                    .happened(new RunProgress.Link(
                            device, false, gone.getMessage() + "; given up, go on with: melt resume " + run.id()));
        }
    }

    private void trials(Lane lane, List<StoredTrial> unfinished, LinkPatience patience) {
        try {
            patience.get(() -> {
                lane.hold();
                return true;
            });
            snapshot(lane, DeviceSnapshot.Moment.BEFORE);
            RemainingTime remaining = new RemainingTime(unfinished.size());
            boolean first = true;
            for (StoredTrial trial : unfinished) {
                if (!first) {
                    parts.stop().await(protocol.cooldown());
                }
                if (parts.stop().isRaised() || lane.isGone()) {
                    break;
                }
                first = false;
                runTrial(lane, trial, remaining);
            }
            if (!lane.isGone()) {
                snapshot(lane, DeviceSnapshot.Moment.AFTER);
            }
        } finally {
            lane.putBack();
        }
    }

    private void runTrial(Lane lane, StoredTrial trial, RemainingTime remaining) {
        PlannedTrial planned = plan.trials().get(trial.position());
        Cell cell = plan.cellOf(planned);
        TrialFolders folders = new TrialFolders(parts.home(), run.id(), trial.id());
        int number = trial.position() + 1;
        int of = plan.trials().size();
        long start = System.nanoTime();
        TrialResult result = new TrialBoundary(lane, protocol, folders)
                .run(
                        trial.id(),
                        planned,
                        cell,
                        (found, temperature) -> parts.listener()
                                .happened(new RunProgress.TrialStarted(
                                        trial.id(),
                                        number,
                                        of,
                                        cell.label(),
                                        planned.role(),
                                        found,
                                        remaining.estimate(),
                                        temperature)));
        remaining.took(Duration.ofNanos(System.nanoTime() - start));
        parts.listener()
                .happened(new RunProgress.TrialFinished(
                        trial.id(), number, of, result.outcome(), result.cause(), result.metrics()));
    }

    private void snapshot(Lane lane, DeviceSnapshot.Moment moment) {
        DeviceReports.of(parts.home(), run.id()).keep(lane.driver(), moment);
        parts.store()
                .saveSnapshot(new DeviceSnapshot(
                        run.id(), lane.device().serial(), moment, parts.clock().instant(), lane.snapshotFacts()));
    }
}
