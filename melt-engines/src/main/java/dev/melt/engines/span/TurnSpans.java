package dev.melt.engines.span;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The durations of one turn as an engine gives them, already in METRICS' terms: what the engine counts in another way has been
 * put right before.
 *
 * @param promptTokens that were evaluated in {@code prefillSeconds}
 * @param prefillSeconds without the building of graphs
 * @param firstTokenSeconds from the turn's start to the end of its first token; empty where the engine does not tell
 * @param decodeSteps forward passes in {@code decodeSeconds}
 * @param decodeSeconds of the passes after the first token, or after the prompt where the first token comes out of a pass
 * @param generated tokens that a person sees, the first included; 0 where none was
 * @param depth tokens that were in the context before and were not timed
 * @param cached prompt tokens that came out of a KV cache
 */
public record TurnSpans(
        OptionalInt promptTokens,
        OptionalDouble prefillSeconds,
        OptionalDouble firstTokenSeconds,
        OptionalInt decodeSteps,
        OptionalDouble decodeSeconds,
        int generated,
        int depth,
        int cached) {
    /** Of an engine that evaluates every prompt whole. */
    public TurnSpans(
            OptionalInt promptTokens,
            OptionalDouble prefillSeconds,
            OptionalDouble firstTokenSeconds,
            OptionalInt decodeSteps,
            OptionalDouble decodeSeconds,
            int generated,
            int depth) {
        this(promptTokens, prefillSeconds, firstTokenSeconds, decodeSteps, decodeSeconds, generated, depth, 0);
    }

    public TurnSpans {
        requireNonNull(promptTokens, "promptTokens");
        requireNonNull(prefillSeconds, "prefillSeconds");
        requireNonNull(firstTokenSeconds, "firstTokenSeconds");
        requireNonNull(decodeSteps, "decodeSteps");
        requireNonNull(decodeSeconds, "decodeSeconds");
    }

    /** A prompt that was evaluated, and nothing more. */
    public static TurnSpans prefill(int tokens, double seconds) {
        return new TurnSpans(
                OptionalInt.of(tokens),
                OptionalDouble.of(seconds),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                0,
                0);
    }

    /** Passes without a prompt before them. */
    public static TurnSpans decode(int steps, double seconds, int depth) {
        return new TurnSpans(
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.of(steps),
                OptionalDouble.of(seconds),
                steps,
                depth);
    }

    /** A turn of which an engine gives rates only, and no time. */
    public static TurnSpans unknown() {
        return new TurnSpans(
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                0,
                0);
    }

    /** A prompt whose evaluation gives the first of {@code steps + 1} tokens, and the passes after it. */
    public static TurnSpans whole(int promptTokens, double prefillSeconds, int steps, double decodeSeconds) {
        return new TurnSpans(
                OptionalInt.of(promptTokens),
                OptionalDouble.of(prefillSeconds),
                OptionalDouble.of(prefillSeconds),
                OptionalInt.of(steps),
                OptionalDouble.of(decodeSeconds),
                steps + 1,
                0);
    }
}
