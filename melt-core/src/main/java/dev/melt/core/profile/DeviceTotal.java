package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

/**
 * How long a device was busy with a whole graph, as the engine's profiler says. More than its calls together: what the
 * profiler itself takes belongs to none of them.
 *
 * @param wallNanos elapsed time
 */
public record DeviceTotal(Graph graph, String device, long wallNanos) {
    public DeviceTotal {
        requireNonNull(graph, "graph");
        requireNonNull(device, "device");
    }
}
