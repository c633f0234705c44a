package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.SiteNames;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.telemetry.Unit;

/**
 * How much a cooling device does: 0 is at rest, and one that slows a processor down takes speed away above it.
 *
 * @param name what the driver calls it
 */
public record CoolingState(String name, double value) {
    public CoolingState {
        requireNonNull(name, "name");
    }

    public void writeTo(TelemetryBuilder out, SiteNames names) {
        out.sample("cooling/" + names.unique(name), Unit.RATIO, value);
    }
}
