package dev.melt.core.telemetry;

import java.util.List;

/**
 * What will be sampled on a device.
 *
 * @param probes how each is read and what channels it gives
 * @param absent what a user would look for and this device does not offer, each with the reason
 */
public record TelemetryPlan(List<Probe> probes, List<Absent> absent) {
    /** Samples nothing. */
    public static final TelemetryPlan NONE = new TelemetryPlan(List.of(), List.of());

    public TelemetryPlan {
        probes = List.copyOf(probes);
        absent = List.copyOf(absent);
    }

    /** What of it may be sampled while an engine is measured, and where there is none. */
    public TelemetryPlan undisturbed() {
        return new TelemetryPlan(
                probes.stream().filter(probe -> !probe.disturbs()).toList(), absent);
    }

    /**
     * A quantity that cannot be measured here.
     *
     * @param quantity such as {@code energy} or {@code temperature}
     * @param reason in words, with what would make it available, where something would
     */
    public record Absent(String quantity, String reason) {}
}
