package dev.melt.core.run;

import dev.melt.core.device.DeviceException;
import dev.melt.core.gate.Gate;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredTrial;
import dev.melt.core.trial.TrialResult;

/**
 * The line that no fault of a device crosses: whatever happens to the link, a trial ends with a stored result, and the next
 * one runs.
 */
final class TrialBoundary {
    private final Lane lane;
    private final Protocol protocol;
    private final TrialFolders folders;
    private final RunStore store;

    TrialBoundary(Lane lane, Protocol protocol, TrialFolders folders) {
        this.lane = lane;
        this.protocol = protocol;
        this.folders = folders;
        this.store = lane.store();
    }

    /** Runs a trial, taking it up again where it stands after the link was broken, and stores what came of it. */
    TrialResult run(String trialId, PlannedTrial planned, Cell cell, TrialExecution.StartListener started) {
        lane.want(cell);
        TrialGate gate = gate(trialId);
        LinkPatience patience = LinkPatience.telling(
                lane.device().name(), protocol.linkTimeout(), lane.stop(), lane.listener(), lane::learnAnew);
        try {
            return patience.get(() -> once(trialId, planned, cell, gate, started));
        } catch (DeviceException e) {
            Outcome outcome = lane.stop().isRaised() ? Outcome.INTERRUPTED : Outcome.DEVICE_LOST;
            TrialResult lost = TrialAssembly.notStarted(trialId, new Verdict(outcome, String.valueOf(e.getMessage())));
            store.saveResult(lost);
            if (!(e instanceof DeviceException.ProtocolViolation)) {
                lane.giveUp();
            }
            return lost;
        }
    }

    /** The stored trial is read anew, because an attempt that the link broke off has counted already. */
    private TrialResult once(
            String trialId, PlannedTrial planned, Cell cell, TrialGate gate, TrialExecution.StartListener started) {
        StoredTrial trial = store.trial(trialId);
        TrialExecution execution = new TrialExecution(lane, trial, planned, cell, protocol, folders, gate);
        TrialResult result = execution.execute(lane.place(cell), started);
        store.saveResult(result);
        execution.engineSpan().ifPresent(span -> store.noteBootSpan(trialId, span.startNanos(), span.endNanos()));
        if (result.outcome().isFinal()) {
            execution.discard();
        }
        return result;
    }

    private TrialGate gate(String trialId) {
        return new TrialGate(
                protocol.gate(), this::gateOfDeviceAsItIsNow, lane.driver().controls(), lane.stop(), unmet -> {
                    lane.learnAnew();
                    lane.listener().happened(new RunProgress.Restarting(trialId, unmet));
                });
    }

    /** A device that restarted has lost some of its settings. */
    private Gate gateOfDeviceAsItIsNow() {
        lane.hold();
        return new Gate(
                protocol.gate(), Gate.channels(lane.telemetry()), lane.device().facts());
    }
}
