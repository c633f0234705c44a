package dev.melt.core.event;

/** An engine printed something that MELT does not know. It is refused by name and version and never becomes a figure. */
public final class UnknownOutputException extends Exception {
    public UnknownOutputException(String message) {
        super(message);
    }
}
