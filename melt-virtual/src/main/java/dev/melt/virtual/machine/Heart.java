package dev.melt.virtual.machine;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Beats five times a second, in a thread of its own, until it is closed: what lives on a device lives by it. */
public final class Heart implements AutoCloseable {
    private static final long BEAT_MILLIS = 200;
    private static final long LAST_BEAT_MILLIS = 2000;

    /** What happens at a beat. */
    @FunctionalInterface
    public interface Beat {
        /** Done on the heart's thread. */
        void run() throws IOException;
    }

    private final Thread thread;

    /** Begins to beat. */
    public Heart(String name, Beat beat) {
        this.thread = new Thread(() -> live(beat), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits a moment for a beat that is under way. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LAST_BEAT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void live(Beat beat) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(BEAT_MILLIS);
                beat.run();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | UncheckedIOException e) {
                // the folder is being taken away, or this machine's disk is full: the gauges stand still
            }
        }
    }
}
