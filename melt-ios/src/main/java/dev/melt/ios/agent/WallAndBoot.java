package dev.melt.ios.agent;

import dev.melt.core.device.AgentStatus;
import java.util.Optional;

/**
 * The phone's two clocks at one moment, as the app read them.
 *
 * @param aheadNanos wall clock (since 1970) minus boot clock
 * @param boundNanos how far apart the two readings may be
 */
record WallAndBoot(long aheadNanos, long boundNanos) {
    static Optional<WallAndBoot> of(long wall, long boot, long bound) {
        return wall > 0 && boot > 0 ? Optional.of(new WallAndBoot(wall - boot, Math.max(1, bound))) : Optional.empty();
    }

    /** Of a trial's status; empty where the app has yet to read them. */
    static Optional<WallAndBoot> of(AgentStatus status) {
        return of(number(status, "wall_ns"), number(status, "wall_boot_ns"), number(status, "wall_bound_ns"));
    }

    private static long number(AgentStatus status, String key) {
        String value = status.details().getOrDefault(key, "");
        return value.matches("[0-9]{1,19}") ? Long.parseLong(value) : 0;
    }
}
