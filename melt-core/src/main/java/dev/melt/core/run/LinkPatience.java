package dev.melt.core.run;

import dev.melt.core.device.DeviceException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one loop that does something again after the link to a device broke: where that is safe, after longer and longer
 * waits, until a deadline.
 */
final class LinkPatience {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** A try that went on for so long had the device back: what breaks then is another break. */
    private static final Duration STEADY = Duration.ofMinutes(2);

    private final Duration deadline;
    private final StopSignal stop;
    private final Consumer<DeviceException> broken;

    /**
     * For one device.
     *
     * @param deadline how long after the first break a new try may begin
     * @param broken told of every break, before the wait
     */
    LinkPatience(Duration deadline, StopSignal stop, Consumer<DeviceException> broken) {
        this.deadline = deadline;
        this.stop = stop;
        this.broken = broken;
    }

    /**
     * The same, told to those who look at the run.
     *
     * @param onBreak done at each break beside that
     */
    static LinkPatience telling(
            String device, Duration deadline, StopSignal stop, RunProgress.Listener listener, Runnable onBreak) {
        return new LinkPatience(deadline, stop, e -> {
            onBreak.run();
            listener.happened(new RunProgress.Link(device, false, e.getMessage() + "; waiting for it to come back"));
        });
    }

    /**
     * Does it until it succeeds.
     *
     * @throws DeviceException the last one, when trying again is not safe, too late, or a person wants the run to end
     */
    <T> T get(Supplier<T> work) {
        OptionalLong firstBreak = OptionalLong.empty();
        Duration wait = FIRST_WAIT;
        while (true) {
            long begin = System.nanoTime();
            try {
                return work.get();
            } catch (DeviceException e) {
                long now = System.nanoTime();
                if (firstBreak.isEmpty() || now - begin > STEADY.toNanos()) {
                    firstBreak = OptionalLong.of(now);
                    wait = FIRST_WAIT;
                }
                Duration waited = Duration.ofNanos(now - firstBreak.getAsLong());
                if (!e.retryIsSafe() || waited.plus(wait).compareTo(deadline) > 0 || stop.isRaised()) {
                    throw e;
                }
                broken.accept(e);
            }
            stop.await(wait);
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
    }
}
