package dev.melt.virtual.ios.app;

/** A signal ended the engine that nobody here sent. An engine inside an app takes the app along. */
final class EngineCrashException extends Exception {
    private final int signal;

    EngineCrashException(int signal) {
        super("signal " + signal);
        this.signal = signal;
    }

    int signal() {
        return signal;
    }
}
