package dev.melt.core.run;

import dev.melt.core.device.Device;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Warnings that hold for a trial before anything of it is computed. */
final class StandingWarnings {
    /** Those that are found here or at the gate, and not in a trial's files. */
    static final Set<Validity> KINDS = EnumSet.of(
            Validity.SYNTHETIC_MODEL,
            Validity.VIRTUAL_DEVICE,
            Validity.GATE_NOT_READABLE,
            Validity.SETTINGS_NOT_APPLIED);

    private StandingWarnings() {}

    static List<Warning> of(Cell cell, Device device) {
        List<Warning> warnings = new ArrayList<>();
        if (cell.model().synthetic().isPresent()) {
            warnings.add(new Warning(Validity.SYNTHETIC_MODEL, cell.model().name() + " has random weights"));
        }
        if (device.virtual()) {
            warnings.add(new Warning(Validity.VIRTUAL_DEVICE, device.name() + " is simulated"));
        }
        return warnings;
    }
}
