package dev.melt.core.gate;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What must hold on a device before a trial may start.
 *
 * @param limits by what they limit; what is not among them is not looked at
 * @param timeout after which the trial is refused, or the device restarted first
 * @param reboot whether the device is restarted, once a trial, when the time is over, and the gate waited for once more
 */
public record GateLimits(SortedMap<GateLimit, Double> limits, Duration timeout, boolean reboot) {
    /** Lets everything pass. */
    public static final GateLimits OPEN = new GateLimits(new TreeMap<>(), Duration.ZERO, false);

    /** The word of the time-out, in seconds. */
    public static final String TIMEOUT = "timeout";

    /** The word of the restart, 0 or 1. */
    public static final String REBOOT = "reboot";

    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);
    private static final String OFF = "off";

    public GateLimits {
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
        requireNonNull(timeout, "timeout");
    }

    /** Every word that may be given, in the order of the reference. */
    public static List<String> words() {
        return Stream.concat(Stream.of(GateLimit.values()).map(GateLimit::word), Stream.of(TIMEOUT, REBOOT))
                .toList();
    }

    /** The limits of a device's profile, by their words; the schema of profiles knows the same ones. */
    public static GateLimits of(Map<String, Double> gate) {
        GateLimits made = OPEN.withUsualTimeout();
        for (Map.Entry<String, Double> entry : gate.entrySet()) {
            made = made.with(entry.getKey(), entry.getValue(), entry.getKey() + "=" + entry.getValue());
        }
        return made;
    }

    /** Whether something is limited. */
    public boolean has(GateLimit limit) {
        return limits.containsKey(limit);
    }

    /**
     * These limits with some replaced, as typed after {@code --gate}.
     *
     * @param assignments such as {@code temperature=35}, or {@code rise=off} to take a limit out
     */
    public GateLimits with(List<String> assignments) {
        GateLimits made = withUsualTimeout();
        for (String some : assignments) {
            for (String one : some.split(",", -1)) {
                made = made.with(one);
            }
        }
        return made;
    }

    private GateLimits withUsualTimeout() {
        return timeout.isZero() ? new GateLimits(limits, USUAL_TIMEOUT, reboot) : this;
    }

    private GateLimits with(String assignment) {
        String word = assignment.substring(0, Math.max(0, assignment.indexOf('=')));
        String text = assignment.substring(assignment.indexOf('=') + 1);
        if (text.equals(OFF) && !word.equals(TIMEOUT) && !word.equals(REBOOT)) {
            TreeMap<GateLimit, Double> fewer = new TreeMap<>(limits);
            fewer.remove(limit(assignment, word));
            return new GateLimits(fewer, timeout, reboot);
        }
        if (!words().contains(word)) {
            limit(assignment, word);
        }
        return with(word, number(assignment, text), assignment);
    }

    private GateLimits with(String word, double value, String assignment) {
        if (word.equals(TIMEOUT)) {
            require(value >= 0, assignment, "a time is not below zero");
            return new GateLimits(limits, Duration.ofMillis((long) (value * 1e3)), reboot);
        }
        if (word.equals(REBOOT)) {
            require(value == 0 || value == 1, assignment, "it is 0 or 1");
            return new GateLimits(limits, timeout, value == 1);
        }
        GateLimit limit = limit(assignment, word);
        require(limit.takes(value), assignment, "its value is out of range: " + limit.about());
        TreeMap<GateLimit, Double> more = new TreeMap<>(limits);
        more.put(limit, value);
        return new GateLimits(more, timeout, reboot);
    }

    private static void require(boolean holds, String assignment, String finding) {
        if (!holds) {
            throw fault(assignment, finding);
        }
    }

    private static GateLimit limit(String assignment, String word) {
        return GateLimit.ofWord(word).orElseThrow(() -> {
            List<String> near = GateLimit.nearest(word);
            return fault(
                    assignment,
                    "no limit has that name" + (near.isEmpty() ? "" : " (nearest: " + String.join(", ", near) + ")"));
        });
    }

    private static double number(String assignment, String text) {
        if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?([eE][0-9]{1,2})?")) {
            throw fault(assignment, "its value is not a number");
        }
        return Double.parseDouble(text);
    }

    private static InvalidInputException fault(String assignment, String finding) {
        return new InvalidInputException(
                "--gate " + assignment,
                "limits such as temperature=35,utilisation=0.25,timeout=300 expected",
                finding,
                "the limits are " + String.join(", ", words()));
    }
}
