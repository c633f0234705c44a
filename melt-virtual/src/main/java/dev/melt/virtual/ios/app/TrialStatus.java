package dev.melt.virtual.ios.app;

import java.util.LinkedHashMap;
import java.util.Map;

/** The lines of a trial's {@code status}. */
final class TrialStatus {
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final BootClock clock;

    TrialStatus(AppSelf self, BootClock clock) {
        this.clock = clock;
        put("boot_id", self.bootId());
        put("pid", self.pid());
        put("start_ns", clock.nanos());
        put("wall_ns", self.wall().wallNanos());
        put("wall_boot_ns", self.wall().bootNanos());
        put("wall_bound_ns", self.wall().boundNanos());
        put("clock", "continuous");
        put("clock_bound_ns", clock.boundNanos());
    }

    void put(String key, String value) {
        lines.put(key, value);
    }

    void put(String key, long value) {
        put(key, Long.toString(value));
    }

    /** As it is now. */
    String text(String state) {
        put("state", state);
        put("beat_ns", clock.nanos());
        StringBuilder text = new StringBuilder();
        lines.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }
}
