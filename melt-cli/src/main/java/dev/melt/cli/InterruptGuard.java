package dev.melt.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of one thread, and gives it time to leave in order before the process ends with exit code
 * 130. Open it around work that has something to save:
 *
 * <pre>{@code
 * try (InterruptGuard guard = InterruptGuard.of(Duration.ofSeconds(20))) {
 *     runner.run(plan); // an InterruptedException in here stores what there is
 * }
 * }</pre>
 *
 * <p>A second Ctrl-C changes nothing; a {@code kill -9} is what {@code melt resume} is for.
 */
public final class InterruptGuard implements AutoCloseable {
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread hook;

    private InterruptGuard(Thread worker, Duration grace) {
        hook = new Thread(() -> interrupt(worker, grace), "interrupt-guard");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Guards the calling thread until it closes the guard.
     *
     * @param grace the longest that the end of the process waits for it
     */
    public static InterruptGuard of(Duration grace) {
        return new InterruptGuard(Thread.currentThread(), grace);
    }

    private void interrupt(Thread worker, Duration grace) {
        worker.interrupt();
        try {
            if (!left.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("melt: did not stop within " + grace.toSeconds() + " s, ending anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        left.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, which is what the hook was for
        }
    }
}
