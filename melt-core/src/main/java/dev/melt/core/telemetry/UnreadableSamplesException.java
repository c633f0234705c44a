package dev.melt.core.telemetry;

import org.jspecify.annotations.Nullable;

/** A samples file is not one that an agent writes, so that none of it can be trusted. Damaged lines are no reason. */
public final class UnreadableSamplesException extends RuntimeException {
    public UnreadableSamplesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
