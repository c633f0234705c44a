package dev.melt.core.model.pull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a stream on which nothing has come for too long, so that its reader does not wait for ever. */
final class StallGuard implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "melt-pull-stall");
        thread.setDaemon(true);
        return thread;
    });
    private final long mostNanos;
    private volatile long lastNanos = System.nanoTime();

    StallGuard(InputStream stream, Duration most) {
        mostNanos = most.toNanos();
        long period = Math.max(1, most.toMillis() / 4);
        var unused = timer.scheduleWithFixedDelay(() -> closeIfStalled(stream), period, period, TimeUnit.MILLISECONDS);
    }

    /** Something came. */
    void moved() {
        lastNanos = System.nanoTime();
    }

    private void closeIfStalled(InputStream stream) {
        if (System.nanoTime() - lastNanos > mostNanos) {
            try {
                stream.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
