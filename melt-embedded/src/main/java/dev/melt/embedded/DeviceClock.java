package dev.melt.embedded;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.melt.embedded.llama.LibC;
import java.util.function.LongSupplier;

/** The boot clock in nanoseconds, which telemetry is stamped with too. For one thread; reading it does not allocate. */
final class DeviceClock implements LongSupplier {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Memory timespec = new Memory(16);
    private final long address = Pointer.nativeValue(timespec);
    private final int clock;

    DeviceClock() {
        clock = LibC.clock_gettime(LibC.CLOCK_BOOTTIME, address) == 0 ? LibC.CLOCK_BOOTTIME : LibC.CLOCK_MONOTONIC;
    }

    /** {@code monotonic} where the system has no boot clock: then sleep of the device is not counted. */
    String name() {
        return clock == LibC.CLOCK_BOOTTIME ? "boottime" : "monotonic";
    }

    long nanos() {
        LibC.clock_gettime(clock, address);
        return timespec.getLong(0) * NANOS_PER_SECOND + timespec.getLong(8);
    }

    @Override
    public long getAsLong() {
        return nanos();
    }
}
