package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes {@code samples.tsv}: tick k is due at origin + k x period, whatever became of those before; slots that passed are left out and
 * counted. {@link #end} writes the last row.
 */
final class AppSampler {
    private static final long NANOS_PER_MICRO = 1000;

    private final BootClock clock;
    private final AppSensors sensors;
    private final List<String> keys;
    private final long periodNanos;
    private final AppFolder.Growing file;
    private final long origin;
    private final Thread thread;
    private volatile boolean ending;
    private volatile boolean broken;
    private long ticks;
    private long missed;
    private long maxLateNanos;
    private long lastAt;

    private AppSampler(BootClock clock, AppSensors sensors, AppJob.Trial job, AppFolder.Growing file, long origin) {
        this.clock = clock;
        this.sensors = sensors;
        this.keys = job.keys();
        this.periodNanos = job.periodMicros() * NANOS_PER_MICRO;
        this.file = file;
        this.origin = origin;
        this.lastAt = origin - 1;
        this.thread = new Thread(this::sample, "sampler of " + job.id());
        thread.setDaemon(true);
    }

    /**
     * Begins, with the first tick now.
     *
     * @param header the lines that say what the columns are
     */
    static AppSampler begin(
            BootClock clock, AppSensors sensors, AppJob.Trial job, AppFolder.Growing file, String header)
            throws IOException {
        long origin = clock.nanos();
        String head = header.isEmpty() || header.endsWith("\n") ? header : header + "\n";
        String text = head + "#clock continuous bound_ns " + clock.boundNanos() + "\n#origin_ns " + origin + "\n";
        file.add(text.getBytes(StandardCharsets.UTF_8));
        AppSampler sampler = new AppSampler(clock, sensors, job, file, origin);
        sampler.thread.start();
        return sampler;
    }

    /** Ends when told, and silently when the app was ended. */
    private void sample() {
        try {
            long slot = 0;
            while (sleepUntil(origin + slot * periodNanos)) {
                long late = row(Long.toString(slot)) - origin - slot * periodNanos;
                maxLateNanos = Math.max(maxLateNanos, late);
                long next = Math.max(slot + 1, Math.floorDiv(clock.nanos() - origin, periodNanos) + 1);
                missed += next - slot - 1;
                slot = next;
            }
        } catch (AppEndedException | IOException e) {
            broken = true; // no room, no samples: the number of ticks tells
        }
    }

    /** Whether the time came before the end did. */
    private boolean sleepUntil(long due) {
        for (long left = due - clock.nanos(); left > 0 && !ending; left = due - clock.nanos()) {
            LockSupport.parkNanos(left);
        }
        return !ending;
    }

    private long row(String number) throws IOException {
        long at = Math.max(lastAt + 1, clock.nanos());
        String line = at + "\t" + number + sensors.cells(keys) + "\n";
        file.add(line.getBytes(StandardCharsets.UTF_8));
        lastAt = at;
        ticks++;
        return at;
    }

    /** Ends it, with a last row outside the schedule. */
    void end() throws IOException, InterruptedException {
        abandon();
        thread.join();
        if (!broken) {
            row("-");
        }
        file.close();
    }

    /** Lets no further tick come. */
    void abandon() {
        ending = true;
        LockSupport.unpark(thread);
    }

    /** Rows written; like the two below to be asked after the end. */
    long ticks() {
        return ticks;
    }

    long missed() {
        return missed;
    }

    long maxLateNanos() {
        return maxLateNanos;
    }
}
