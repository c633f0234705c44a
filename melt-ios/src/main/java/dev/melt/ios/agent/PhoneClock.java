package dev.melt.ios.agent;

import com.dd.plist.NSNumber;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.ios.link.PhoneLink;
import dev.melt.ios.mux.Lockdown;

/**
 * How the phone's wall clock stands to this host's: lockdown tells its {@code TimeIntervalSince1970}, some microseconds fine. Each
 * question says that the phone's stamp lies between asking and answer; what all of them allow is kept.
 *
 * @param offsetNanos phone's wall clock (since 1970) minus this host's {@code nanoTime}
 * @param boundNanos the true offset is within this of it
 */
record PhoneClock(long offsetNanos, long boundNanos) {
    private static final int ROUNDS = 8;

    /** A double holds today's seconds to a quarter of a microsecond; the phone writes microseconds. */
    private static final long RESOLUTION_NANOS = 1000;

    private static final double NANOS = 1e9;

    /** Asks the phone. */
    static PhoneClock ask(PhoneLink link) {
        long lowest = Long.MIN_VALUE;
        long highest = Long.MAX_VALUE;
        try (Lockdown lockdown = link.lockdown()) {
            for (int round = 0; round < ROUNDS; round++) {
                long before = System.nanoTime();
                long there = seconds(link, lockdown);
                long after = System.nanoTime();
                lowest = Math.max(lowest, there - after);
                highest = Math.min(highest, there - before);
            }
        }
        return new PhoneClock(lowest + (highest - lowest) / 2, Math.abs(highest - lowest) / 2 + RESOLUTION_NANOS);
    }

    private static long seconds(PhoneLink link, Lockdown lockdown) {
        double seconds = lockdown.value("TimeIntervalSince1970")
                .filter(NSNumber.class::isInstance)
                .map(value -> ((NSNumber) value).doubleValue())
                .orElseThrow(
                        () -> new ProtocolViolation("[" + link.label() + "] lockdown does not tell the time", null));
        long whole = (long) seconds;
        return whole * 1_000_000_000L + Math.round((seconds - whole) * NANOS);
    }

    /** The phone's wall clock now, in nanoseconds since 1970. */
    long now() {
        return System.nanoTime() + offsetNanos;
    }

    /** How the phone's boot clock stands to this host's. */
    ClockOffset boot(WallAndBoot clocks) {
        long offset = offsetNanos - clocks.aheadNanos();
        long wallNow = System.currentTimeMillis() * 1_000_000;
        return new ClockOffset(offset, boundNanos + clocks.boundNanos(), wallNow - (System.nanoTime() + offset));
    }
}
