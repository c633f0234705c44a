package dev.melt.core.remote;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.TimedOut;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Stands beside a call over a link, in a thread of its own. When nothing has come or gone for a while it asks whether the device
 * still answers, and closes the stream when it does not: within five seconds a cable that is out is noticed, also by a call that
 * waits for hours. Closes the stream at a deadline too. One use; closed by the thread whose call it watches.
 */
public final class LinkWatch implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final String label;
    private final BooleanSupplier answers;
    private final Runnable breaker;
    private final long deadlineAt;
    private final Thread thread;
    private volatile long aliveAt = System.nanoTime();
    private volatile boolean over;
    private volatile boolean late;
    private volatile boolean lost;

    /**
     * Starts watching.
     *
     * @param label device and kind of link, for messages
     * @param answers asks whether the device answers now; takes two seconds at most
     * @param breaker closes the stream, so that whoever waits on it fails
     */
    public LinkWatch(String label, BooleanSupplier answers, Runnable breaker, Optional<Duration> deadline) {
        this.label = label;
        this.answers = answers;
        this.breaker = breaker;
        this.deadlineAt = aliveAt + deadline.orElse(Duration.ofDays(365)).toNanos();
        this.thread = new Thread(this::watch, "watch " + label);
        thread.setDaemon(true);
        thread.start();
    }

    /** Something came or went. */
    public void alive() {
        aliveAt = System.nanoTime();
    }

    /** Throws when the stream was broken off. */
    public void check() throws IOException {
        if (late || lost) {
            throw new IOException("broken off");
        }
    }

    /** What a call over a link throws. */
    public interface Call {
        void run() throws IOException;
    }

    /** Runs a call; when this watch broke it off, what it throws says so. */
    public void guard(Call call) throws IOException {
        try {
            call.run();
        } catch (IOException e) {
            cause("transfer", e).ifPresent(known -> {
                throw known;
            });
            throw e;
        }
    }

    /** Why this watch broke the call off; empty when it did not. */
    public Optional<DeviceException> cause(String what, IOException e) {
        String subject = "[" + label + "] " + what;
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
                } else if (answers.getAsBoolean()) {
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
