package dev.melt.core.event;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * What an engine said went wrong.
 *
 * @param kind {@code model_missing}, {@code out_of_memory}, {@code prompt_too_long}, ...
 * @param turn that it concerns, when it is not the whole trial
 * @param score the question that it concerns, when it is not the whole trial
 */
public record EngineError(String kind, String message, OptionalInt turn, OptionalInt score) {
    public EngineError {
        requireNonNull(kind, "kind");
        requireNonNull(message, "message");
        requireNonNull(turn, "turn");
        requireNonNull(score, "score");
    }

    /** Of a turn, or of the whole trial. */
    public EngineError(String kind, String message, OptionalInt turn) {
        this(kind, message, turn, OptionalInt.empty());
    }

    /** Whether the whole trial failed, and not only one of its parts. */
    public boolean ofTrial() {
        return turn.isEmpty() && score.isEmpty();
    }
}
