package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Device;
import dev.melt.core.outcome.Warning;
import java.util.List;

/**
 * What a trial's figures need to know beyond its files.
 *
 * @param warnings that hold before anything is computed: a synthetic model, a virtual device, an unreadable gate
 */
record TrialContext(Device device, Protocol protocol, List<Warning> warnings) {
    TrialContext {
        requireNonNull(device, "device");
        requireNonNull(protocol, "protocol");
        warnings = List.copyOf(warnings);
    }
}
