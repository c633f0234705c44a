package dev.melt.core.metric;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What an engine's own clock says of one turn, as counts and times. An engine's tokens per second are not taken over:
 * engines divide differently.
 *
 * @param promptTokens that were evaluated
 * @param prefillSeconds that this took
 * @param decodeSteps passes through the model after the prompt: one fewer than tokens where the prompt's own pass gives
 *     the first token
 * @param decodeSeconds that these took
 */
public record EnginePerf(
        OptionalInt promptTokens,
        OptionalDouble prefillSeconds,
        OptionalInt decodeSteps,
        OptionalDouble decodeSeconds) {
    /** Where the engine gives all four. */
    public static EnginePerf of(int promptTokens, double prefillSeconds, int decodeSteps, double decodeSeconds) {
        return new EnginePerf(
                OptionalInt.of(promptTokens),
                OptionalDouble.of(prefillSeconds),
                OptionalInt.of(decodeSteps),
                OptionalDouble.of(decodeSeconds));
    }
}
