package dev.melt.core.agent;

import dev.melt.core.device.ClockOffset;
import dev.melt.core.device.DeviceException.ProtocolViolation;

/**
 * Several timed questions for the device's clock. Each one says that the device's stamps lie between asking and answer, so
 * that the offset lies between two limits; what all of them allow is left, which is never wider than the shortest round
 * trip.
 */
final class ClockExchange {
    private static final int FEWEST_ROUNDS = 2;
    private static final int MOST_ROUNDS = 7;

    /** As narrow as starting a process on this host allows; more rounds would gain next to nothing. */
    private static final long NARROW_NANOS = 6_000_000;

    private long lowest = Long.MIN_VALUE;
    private long highest = Long.MAX_VALUE;
    private long deviceBound;
    private int rounds;

    /**
     * Takes one round.
     *
     * @param before host's {@code nanoTime} before asking
     * @param answer of {@code melt-agent.sh clock}: a stamp from its first moment, where it has one, and one from its last
     * @param after host's {@code nanoTime} after the answer
     */
    void add(long before, String answer, long after) {
        long late = ShellAgent.nanos(answer, "late_ns")
                .orElseThrow(() -> new ProtocolViolation("agent clock: no stamp in the answer", null));
        long early = ShellAgent.nanos(answer, "early_ns").orElse(late);
        deviceBound = Math.max(deviceBound, ShellAgent.nanos(answer, "bound_ns").orElse(0));
        lowest = Math.max(lowest, late - after);
        highest = Math.min(highest, early - before);
        rounds++;
    }

    /** Whether another round is not worth its time. */
    boolean isDone() {
        return rounds >= MOST_ROUNDS || (rounds >= FEWEST_ROUNDS && Math.abs(highest - lowest) <= NARROW_NANOS);
    }

    ClockOffset offset() {
        long offset = lowest + (highest - lowest) / 2;
        long wallNow = System.currentTimeMillis() * 1_000_000;
        long deviceNow = System.nanoTime() + offset;
        return new ClockOffset(offset, Math.abs(highest - lowest) / 2 + deviceBound, wallNow - deviceNow);
    }
}
