package dev.melt.ios.agent;

import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whoever samples a part of a plan: the app, or the host beside it. Its probes are read by {@code NAME:KEY,KEY,...}, a key for each column.
 *
 * @param name before the colon
 */
record KeyedReader(String name) {
    /** The reader of a probe with these keys. */
    String of(List<String> keys) {
        return name + ":" + String.join(",", keys);
    }

    /** The part of a plan that is its own. */
    TelemetryPlan part(TelemetryPlan plan) {
        return new TelemetryPlan(own(plan).toList(), List.of());
    }

    /** Its keys, in the order of the columns. */
    List<String> keys(TelemetryPlan plan) {
        List<String> keys = new ArrayList<>();
        own(plan)
                .forEach(probe -> keys.addAll(
                        List.of(probe.reader().substring(name.length() + 1).split(",", -1))));
        return keys;
    }

    private Stream<Probe> own(TelemetryPlan plan) {
        return plan.probes().stream().filter(probe -> probe.reader().startsWith(name + ":"));
    }
}
