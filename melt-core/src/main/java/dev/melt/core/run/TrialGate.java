package dev.melt.core.run;

import dev.melt.core.device.DeviceControls;
import dev.melt.core.gate.Gate;
import dev.melt.core.gate.GateLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The gate of one trial: waited for, and where the limits say so waited for once more after the device was restarted. A trial restarts
 * its device once at the most, however often the link breaks meanwhile and the trial is taken up again; so this outlives such breaks.
 */
final class TrialGate {
    /** A phone with many apps takes minutes to come up. */
    private static final Duration RESTART = Duration.ofMinutes(5);

    private final GateLimits limits;
    private final Supplier<Gate> gates;
    private final DeviceControls controls;
    private final StopSignal stop;
    private final Consumer<List<String>> restarting;
    private boolean restarted;

    /**
     * The gate of a trial.
     *
     * @param gates a gate of these limits for each wait, by what the device offers then
     * @param restarting told before the restart, with what does not hold; what was known of the device is old after it
     */
    TrialGate(
            GateLimits limits,
            Supplier<Gate> gates,
            DeviceControls controls,
            StopSignal stop,
            Consumer<List<String>> restarting) {
        this.limits = limits;
        this.gates = gates;
        this.controls = controls;
        this.stop = stop;
        this.restarting = restarting;
    }

    GateKeeper.Passage pass(GateKeeper keeper) {
        GateKeeper.Passage first = keeper.pass(gates.get());
        if (first.open() || !limits.reboot() || stop.isRaised()) {
            return first;
        }
        if (restarted) {
            return with(first, "the device was restarted for it already");
        }
        if (!controls.canRestart()) {
            return with(first, "the device was to be restarted then, which MELT cannot do with this one");
        }
        restarted = true;
        restarting.accept(first.unmet());
        controls.restart(RESTART);
        GateKeeper.Passage second = keeper.pass(gates.get());
        return second.open() || stop.isRaised() ? second : with(second, "the device was restarted for it already");
    }

    private static GateKeeper.Passage with(GateKeeper.Passage passage, String more) {
        List<String> unmet = new ArrayList<>(passage.unmet());
        unmet.add(more);
        return new GateKeeper.Passage(unmet, passage.unreadable(), passage.last());
    }
}
