package dev.melt.virtual.ios.app;

import java.time.Instant;
import java.util.function.Supplier;

/** One moment on the wall clock, since 1970, and on the boot clock, and how far apart the two readings may be. */
record WallPair(long wallNanos, long bootNanos, long boundNanos) {
    private static final int TRIES = 5;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The closest pair of a few. */
    static WallPair read(Supplier<Instant> wall, BootClock clock) {
        WallPair best = once(wall, clock);
        for (int i = 1; i < TRIES; i++) {
            WallPair next = once(wall, clock);
            best = next.boundNanos < best.boundNanos ? next : best;
        }
        return best;
    }

    private static WallPair once(Supplier<Instant> wall, BootClock clock) {
        long before = clock.nanos();
        Instant now = wall.get();
        long after = clock.nanos();
        long half = (after - before) / 2 + 1;
        return new WallPair(
                now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(), before + half, half + clock.boundNanos());
    }
}
