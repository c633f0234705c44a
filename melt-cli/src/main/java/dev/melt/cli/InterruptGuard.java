package dev.melt.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into an interrupt of the thread that does the work, and gives it time to leave in order before the process
 * ends with exit code 130:
 *
 * <pre>{@code
 * return InterruptGuard.during(Duration.ofSeconds(20), () -> runner.run(plan)); // stores what there is when interrupted
 * }</pre>
 *
 * <p>A second Ctrl-C changes nothing; a {@code kill -9} is what {@code melt resume} is for. One use, one thread.
 */
public final class InterruptGuard {
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread hook;

    private InterruptGuard(Runnable onInterrupt, Duration grace) {
        hook = new Thread(() -> interrupt(onInterrupt, grace), "interrupt-guard");
    }

    /** Work that can be interrupted. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /**
     * Does the work on the calling thread.
     *
     * @param grace the longest that the end of the process waits for it after Ctrl-C
     */
    public static <T> T during(Duration grace, Work<T> work) throws IOException, InterruptedException {
        return during(grace, Thread.currentThread()::interrupt, work);
    }

    /**
     * The same for work that is told to stop in a way of its own, because an interrupted thread could not put things in
     * order any more.
     *
     * @param onInterrupt called once, on another thread
     */
    public static <T> T during(Duration grace, Runnable onInterrupt, Work<T> work)
            throws IOException, InterruptedException {
        InterruptGuard guard = new InterruptGuard(onInterrupt, grace);
        Runtime.getRuntime().addShutdownHook(guard.hook);
        try {
            return work.run();
        } finally {
            guard.leave();
        }
    }

    private void interrupt(Runnable onInterrupt, Duration grace) {
        onInterrupt.run();
        try {
            if (!left.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("melt: did not stop within " + grace.toSeconds() + " s, ending anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        left.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending already, which is what the hook was for
        }
    }
}
