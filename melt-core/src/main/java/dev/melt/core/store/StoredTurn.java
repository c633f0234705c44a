package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * One prompt and its answer, in boot-clock nanoseconds.
 *
 * @param promptTokens evaluated in prefill; empty when the engine reported none
 * @param cachedTokens of the prompt, taken from a KV cache
 * @param depth tokens that were in the context before it
 */
public record StoredTurn(
        String trialId,
        int turn,
        int conversation,
        long startNanos,
        long endNanos,
        OptionalInt promptTokens,
        OptionalInt cachedTokens,
        int generatedTokens,
        int depth) {
    public StoredTurn {
        requireNonNull(trialId, "trialId");
        requireNonNull(promptTokens, "promptTokens");
        requireNonNull(cachedTokens, "cachedTokens");
    }
}
