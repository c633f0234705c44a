package dev.melt.virtual.ios.app;

/** A job that cannot be carried out; the message says why, for the trial's {@code stderr}. */
final class BadJobException extends Exception {
    BadJobException(String message) {
        super(message);
    }
}
