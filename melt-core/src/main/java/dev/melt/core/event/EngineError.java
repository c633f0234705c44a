package dev.melt.core.event;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * What an engine said went wrong.
 *
 * @param kind {@code model_missing}, {@code out_of_memory}, {@code prompt_too_long}, ...
 * @param turn that it concerns, when it is not the whole trial
 */
public record EngineError(String kind, String message, OptionalInt turn) {
    public EngineError {
        requireNonNull(kind, "kind");
        requireNonNull(message, "message");
        requireNonNull(turn, "turn");
    }
}
