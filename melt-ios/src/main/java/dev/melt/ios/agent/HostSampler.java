package dev.melt.ios.agent;

import dev.melt.core.device.ClockOffset;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a phone for its battery again and again while a trial runs, in a thread of its own. A phone that is away has a gap in its samples;
 * it is asked again.
 */
final class HostSampler implements AutoCloseable {
    /** Longer than a question that nobody answers. */
    private static final Duration LAST_QUESTION = Duration.ofSeconds(60);

    private final Battery battery;
    private final HostSamples samples;
    private final ClockOffset offset;
    private final WallAndBoot clocks;
    private final Duration period;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    /**
     * Begins to ask.
     *
     * @param offset of the phone's boot clock to this host's
     */
    HostSampler(Battery battery, HostSamples samples, ClockOffset offset, WallAndBoot clocks, Duration period) {
        this.battery = battery;
        this.samples = samples;
        this.offset = offset;
        this.clocks = clocks;
        this.period = period;
        this.thread = new Thread(this::sample, "battery of a phone");
        thread.setDaemon(true);
        thread.start();
    }

    private void sample() {
        try {
            long due = System.nanoTime();
            do {
                read();
                due = Math.max(due + period.toNanos(), System.nanoTime());
            } while (!over.await(due - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException full) {
            over.countDown(); // this host's disk; what was written stays
        }
    }

    private void read() {
        Optional<Battery.Reading> reading = battery.read();
        reading.ifPresent(now -> samples.take(now, now.asked() + offset.offsetNanos(), clocks));
    }

    /** Takes a last reading, and ends. */
    @Override
    public void close() {
        boolean atWork = over.getCount() > 0;
        over.countDown();
        try {
            thread.join(LAST_QUESTION.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (atWork) {
            read();
        }
    }
}
