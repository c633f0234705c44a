package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * All calls of a stage.
 *
 * @param graphs how many evaluations
 * @param tokens that went through them; empty unless every graph tells
 * @param calls how many
 * @param wallNanos the exact sum over the rows of the profile
 * @param cpuNanos the exact sum; empty unless every row has one
 */
public record StageTotal(
        Stage stage, long graphs, OptionalLong tokens, long calls, long wallNanos, OptionalLong cpuNanos) {
    public StageTotal {
        requireNonNull(stage, "stage");
        requireNonNull(tokens, "tokens");
        requireNonNull(cpuNanos, "cpuNanos");
    }
}
