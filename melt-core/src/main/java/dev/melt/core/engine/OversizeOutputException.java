package dev.melt.core.engine;

/** A process left more text than any engine prints, as one does that is caught in a loop. The trial has no figures then. */
public final class OversizeOutputException extends RuntimeException {
    public OversizeOutputException(String message) {
        super(message);
    }
}
