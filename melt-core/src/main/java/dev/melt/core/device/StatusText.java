package dev.melt.core.device;

import dev.melt.core.device.DeviceException.ProtocolViolation;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads what {@code melt-agent.sh status} prints: {@code KEY=VALUE} lines. Unknown keys are kept as details. */
public final class StatusText {
    private static final int LONGEST_VALUE = 512;

    private StatusText() {}

    /**
     * The status in a text.
     *
     * @throws ProtocolViolation when it has no state, or a number in it is none
     */
    public static AgentStatus parse(String text) {
        TreeMap<String, String> values = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && line.length() <= LONGEST_VALUE) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return parse(values);
    }

    static AgentStatus parse(Map<String, String> values) {
        OptionalLong exit = number(values, "exit");
        OptionalLong peakKilobytes = number(values, "peak_rss_kb");
        return new AgentStatus(
                state(values),
                Optional.ofNullable(values.get("boot_id")).filter(id -> !id.isEmpty()),
                exit.isPresent() ? OptionalInt.of((int) exit.getAsLong()) : OptionalInt.empty(),
                number(values, "start_ns"),
                number(values, "end_ns"),
                peakKilobytes.isPresent() ? OptionalLong.of(peakKilobytes.getAsLong() * 1024) : OptionalLong.empty(),
                number(values, "ticks"),
                number(values, "missed_ticks"),
                new TreeMap<>(values));
    }

    private static AgentStatus.State state(Map<String, String> values) {
        String word = values.getOrDefault("state", "");
        for (AgentStatus.State state : AgentStatus.State.values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        throw new ProtocolViolation("agent status: not a state: " + word, null);
    }

    /** A whole number of 0 or more; empty when it is not there. */
    static OptionalLong number(Map<String, String> values, String key) {
        String value = values.getOrDefault(key, "");
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw new ProtocolViolation("agent status: " + key + " must be a number, was " + value, null);
        }
        return OptionalLong.of(Long.parseLong(value));
    }
}
