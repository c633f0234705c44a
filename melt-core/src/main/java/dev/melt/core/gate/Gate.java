package dev.melt.core.gate;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.TelemetryPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares what is observed on a device with the limits of a gate, look after look. Remembers the looks of one wait; used by one
 * thread.
 */
public final class Gate {
    /** So many looks in a row without a value, and the device cannot tell it after all: one failed reading is no evidence. */
    static final int FAILURES = 3;

    private final GateLimits limits;
    private final Map<String, String> facts;
    private final Map<GateLimit, List<Channel>> channels = new EnumMap<>(GateLimit.class);
    private final Map<GateLimit, Integer> failures = new EnumMap<>(GateLimit.class);
    private final List<Observation> observations = new ArrayList<>();

    /**
     * A gate for one wait.
     *
     * @param offered every channel that the device can be sampled on
     * @param facts of the device; {@code max_frequency_hz/...} among them
     */
    public Gate(GateLimits limits, Collection<Channel> offered, Map<String, String> facts) {
        this.limits = limits;
        this.facts = Map.copyOf(facts);
        limits.limits()
                .keySet()
                .forEach(limit -> channels.put(limit, limit.reading().choose(offered, this.facts)));
    }

    /** Every channel of a plan. */
    public static List<Channel> channels(TelemetryPlan plan) {
        return plan.probes().stream()
                .flatMap(probe -> probe.columns().stream())
                .map(column -> column.channel())
                .toList();
    }

    /**
     * What came of one look.
     *
     * @param unmet limits that do not hold, each in words with both figures
     * @param unreadable limits whose value this device does not report
     */
    public record Verdict(List<String> unmet, List<String> unreadable) {
        public Verdict {
            unmet = List.copyOf(unmet);
            unreadable = List.copyOf(unreadable);
        }

        public boolean open() {
            return unmet.isEmpty();
        }
    }

    /** Judges the newest look, the ones before it included. */
    public Verdict judge(Observation now) {
        observations.add(now);
        List<String> unmet = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        limits.limits().forEach((limit, bound) -> {
            if (isUnreadable(limit, now)) {
                unreadable.add(limit.title());
            } else {
                unmet(limit, bound, now).ifPresent(unmet::add);
            }
        });
        return new Verdict(unmet, unreadable);
    }

    private boolean isUnreadable(GateLimit limit, Observation now) {
        if (value(limit, now).isPresent()) {
            failures.remove(limit);
            return false;
        }
        return channelsOf(limit).isEmpty() || failures.merge(limit, 1, Integer::sum) >= FAILURES;
    }

    private Optional<String> unmet(GateLimit limit, double bound, Observation now) {
        OptionalDouble value = value(limit, now);
        if (value.isEmpty()) {
            return Optional.of(limit.title() + " could not be read");
        }
        OptionalDouble judged = limit.isSlope() ? slope(limit) : value;
        if (judged.isEmpty()) {
            return Optional.of(
                    limit.title() + " not known yet, " + Slope.LEAST_SPAN.toSeconds() + " s of readings needed");
        }
        return limit.holds(judged.getAsDouble(), bound)
                ? Optional.empty()
                : Optional.of(limit.say(judged.getAsDouble(), bound));
    }

    private OptionalDouble slope(GateLimit limit) {
        List<Slope.Point> points = new ArrayList<>();
        for (Observation observation : observations) {
            value(limit, observation).ifPresent(value -> points.add(new Slope.Point(observation.atNanos(), value)));
        }
        return Slope.perMinute(points);
    }

    private OptionalDouble value(GateLimit limit, Observation observation) {
        return limit.reading().of(observation, channelsOf(limit), facts);
    }

    private List<Channel> channelsOf(GateLimit limit) {
        return channels.getOrDefault(limit, List.of());
    }
}
