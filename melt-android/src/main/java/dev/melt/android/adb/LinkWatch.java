package dev.melt.android.adb;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.TimedOut;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Stands beside a call over a link, in a thread of its own. When nothing has come or gone for a while it asks whether the device
 * still answers, and closes the stream when it does not: within five seconds a cable that is out is noticed, also by a call that
 * waits for hours. Closes the stream at a deadline too. One use; closed by the thread whose call it watches.
 */
final class LinkWatch implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final AdbLink link;
    private final Runnable breaker;
    private final long deadlineAt;
    private final Thread thread;
    private volatile long aliveAt = System.nanoTime();
    private volatile boolean over;
    private volatile boolean late;
    private volatile boolean lost;

    /** Without a deadline. */
    LinkWatch(AdbLink link, Runnable breaker) {
        this(link, breaker, Optional.empty());
    }

    /**
     * Starts watching.
     *
     * @param breaker closes the stream, so that whoever waits on it fails
     */
    LinkWatch(AdbLink link, Runnable breaker, Optional<Duration> deadline) {
        this.link = link;
        this.breaker = breaker;
        this.deadlineAt = aliveAt + deadline.orElse(Duration.ofDays(365)).toNanos();
        this.thread = new Thread(this::watch, "adb watch " + link.serial());
        thread.setDaemon(true);
        thread.start();
    }

    /** Something came or went. */
    void alive() {
        aliveAt = System.nanoTime();
    }

    /** Throws when the stream was broken off. */
    void check() throws IOException {
        if (late || lost) {
            throw new IOException("broken off");
        }
    }

    /** What a call over a link throws. */
    interface Call {
        void run() throws IOException;
    }

    /** Runs a call; when this watch broke it off, what it throws says so. */
    void guard(Call call) throws IOException {
        try {
            call.run();
        } catch (IOException e) {
            cause("adb", e).ifPresent(known -> {
                throw known;
            });
            throw e;
        }
    }

    /** Why this watch broke the call off; empty when it did not. */
    Optional<DeviceException> cause(String what, IOException e) {
        String subject = "[" + link.serial() + "/adb] " + what;
        if (late) {
            return Optional.of(new TimedOut(subject + ": no answer by its deadline", e));
        }
        return lost ? Optional.of(new LinkLost(subject + ": the device stopped answering", e)) : Optional.empty();
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }

    private void watch() {
        try {
            while (!over) {
                long now = System.nanoTime();
                long rest = Math.min(deadlineAt - now, aliveAt + QUIET.toNanos() - now);
                if (rest > 0) {
                    Thread.sleep(rest / 1_000_000, (int) (rest % 1_000_000));
                } else if (now - deadlineAt >= 0) {
                    late = true;
                    breaker.run();
                    return;
                } else if (link.answers()) {
                    alive();
                } else if (!over) {
                    lost = true;
                    breaker.run();
                    return;
                }
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }
}
