package dev.melt.virtual.ios.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * This machine's boot clock, on which the worker stamps its events. Java reads the monotonic clock alone, which stands still while
 * the machine sleeps; how far the two are apart is found at the moments at which {@code /proc/uptime}, the boot clock cut to 10 ms,
 * ticks over. Safe for use by several threads.
 */
final class BootClock {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final long TICK_NANOS = 10_000_000;
    private static final long GOOD_NANOS = 20_000;
    private static final long PATIENCE_NANOS = 60_000_000;

    private final long distance;
    private final long boundNanos;

    private BootClock(long distance, long boundNanos) {
        this.distance = distance;
        this.boundNanos = boundNanos;
    }

    /**
     * Watches the clock for some ticks.
     *
     * @throws IOException where there is no such clock
     */
    static BootClock calibrated() throws IOException {
        long least = Long.MIN_VALUE;
        long most = Long.MAX_VALUE;
        try (FileChannel uptime = FileChannel.open(UPTIME)) {
            ByteBuffer text = ByteBuffer.allocate(64);
            long begun = System.nanoTime();
            while (least == Long.MIN_VALUE
                    || (most - least > GOOD_NANOS && System.nanoTime() - begun < PATIENCE_NANOS)) {
                long before = System.nanoTime();
                long cut = read(uptime, text);
                long after = System.nanoTime();
                least = Math.max(least, cut - after);
                most = Math.min(most, cut + TICK_NANOS - before);
                if (least > most) { // the machine slept meanwhile
                    least = Long.MIN_VALUE;
                    most = Long.MAX_VALUE;
                }
            }
        }
        return between(least, most);
    }

    /** A machine that has not slept has one clock: no distance is the likeliest one wherever it is possible. */
    private static BootClock between(long least, long most) {
        if (least <= 0 && most >= 0) {
            return new BootClock(0, Math.max(-least, most));
        }
        long middle = least + (most - least) / 2;
        return new BootClock(middle, most - middle);
    }

    private static long read(FileChannel uptime, ByteBuffer text) throws IOException {
        text.clear();
        uptime.read(text, 0);
        String line = StandardCharsets.US_ASCII.decode(text.flip()).toString();
        int point = line.indexOf('.');
        if (point < 1 || line.length() < point + 3) {
            throw new IOException(UPTIME + ": seconds with two digits behind the point expected, found " + line);
        }
        long hundredths = Long.parseLong(line.substring(0, point) + line.substring(point + 1, point + 3));
        return hundredths * TICK_NANOS;
    }

    /** Nanoseconds since the boot. */
    long nanos() {
        return System.nanoTime() + distance;
    }

    /** How far that may be off. */
    long boundNanos() {
        return boundNanos;
    }
}
