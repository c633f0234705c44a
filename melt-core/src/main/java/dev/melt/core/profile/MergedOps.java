package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Calls that were merged into one row. What they differ in is empty.
 *
 * @param stage empty when stages were merged too
 * @param graphs evaluations that the row has calls of
 * @param calls how many
 * @param wallNanos the exact sum over the rows of the profile
 * @param cpuNanos the exact sum; empty unless every row has one
 * @param share of the stage's wall time, total over total; empty when that is 0
 */
public record MergedOps(
        Optional<Stage> stage,
        Optional<String> function,
        Optional<String> node,
        Optional<String> op,
        Optional<String> device,
        long graphs,
        long calls,
        long wallNanos,
        OptionalLong cpuNanos,
        OptionalDouble share) {
    public MergedOps {
        requireNonNull(stage, "stage");
        requireNonNull(function, "function");
        requireNonNull(node, "node");
        requireNonNull(op, "op");
        requireNonNull(device, "device");
        requireNonNull(cpuNanos, "cpuNanos");
        requireNonNull(share, "share");
    }

    /** Wall time of one call; empty without calls. */
    public OptionalDouble meanNanos() {
        return calls == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) wallNanos / calls);
    }

    /** What the row is about, in words: {@code 3 MUL_MAT}, {@code rms_norm1 on metal0}, {@code decode}. */
    public String label() {
        String place = node.map(name -> name + " ").orElse("") + op.orElse("");
        return function.orElse(place) + device.map(name -> " on " + name).orElse("");
    }
}
