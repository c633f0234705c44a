package dev.melt.core.device;

/**
 * How a device's boot clock stands to the host's.
 *
 * @param offsetNanos device boot-clock time minus host time ({@code System.nanoTime()}), at the moment of measuring
 * @param boundNanos the true offset is within this of it: half the shortest round trip
 * @param wallOffsetNanos host wall-clock time (ns since the Unix epoch) minus device boot-clock time; for people
 */
public record ClockOffset(long offsetNanos, long boundNanos, long wallOffsetNanos) {
    public ClockOffset {
        if (boundNanos < 0) {
            throw new IllegalArgumentException("a bound must not be negative, was " + boundNanos);
        }
    }
}
