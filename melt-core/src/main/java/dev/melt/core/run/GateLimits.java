package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.DeviceProfile;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What must hold on a device before a trial may start. A limit that is empty is not looked at.
 *
 * @param maxTemperatureCelsius of the hottest thermal site
 * @param maxRiseCelsiusPerMinute of the hottest thermal site, while waiting
 * @param minBatteryShare state of charge, 0 to 1
 * @param minFreeMemoryBytes that the system says is available
 * @param maxUtilisation share of all cores that is busy before the engine starts, 0 to 1
 * @param timeout after which the trial is refused
 */
public record GateLimits(
        OptionalDouble maxTemperatureCelsius,
        OptionalDouble maxRiseCelsiusPerMinute,
        OptionalDouble minBatteryShare,
        OptionalDouble minFreeMemoryBytes,
        OptionalDouble maxUtilisation,
        Duration timeout) {
    /** Lets everything pass. */
    public static final GateLimits OPEN = new GateLimits(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Duration.ZERO);

    public GateLimits {
        requireNonNull(maxTemperatureCelsius, "maxTemperatureCelsius");
        requireNonNull(maxRiseCelsiusPerMinute, "maxRiseCelsiusPerMinute");
        requireNonNull(minBatteryShare, "minBatteryShare");
        requireNonNull(minFreeMemoryBytes, "minFreeMemoryBytes");
        requireNonNull(maxUtilisation, "maxUtilisation");
        requireNonNull(timeout, "timeout");
    }

    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(10);

    /** The keys that a person may write. */
    private enum Key {
        TEMPERATURE,
        RISE,
        BATTERY,
        MEMORY,
        UTILISATION,
        TIMEOUT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The limits of a device's profile. */
    public static GateLimits of(DeviceProfile.Gate gate) {
        return new GateLimits(
                gate.temperature(),
                gate.rise(),
                gate.battery(),
                gate.memory(),
                gate.utilisation(),
                timeout(gate.timeout()));
    }

    /**
     * These limits with some replaced, as typed after {@code --gate}.
     *
     * @param assignments such as {@code temperature=35}
     */
    public GateLimits with(List<String> assignments) {
        Map<Key, Double> given = new EnumMap<>(Key.class);
        assignments.stream()
                .flatMap(some -> Stream.of(some.split(",")))
                .forEach(one -> given.put(key(one), value(one)));
        return new GateLimits(
                or(given, Key.TEMPERATURE, maxTemperatureCelsius),
                or(given, Key.RISE, maxRiseCelsiusPerMinute),
                or(given, Key.BATTERY, minBatteryShare),
                or(given, Key.MEMORY, minFreeMemoryBytes),
                or(given, Key.UTILISATION, maxUtilisation),
                given.containsKey(Key.TIMEOUT)
                        ? timeout(or(given, Key.TIMEOUT, OptionalDouble.empty()))
                        : timeout.isZero() ? USUAL_TIMEOUT : timeout);
    }

    private static Duration timeout(OptionalDouble seconds) {
        return seconds.isPresent() ? Duration.ofMillis((long) (seconds.getAsDouble() * 1e3)) : USUAL_TIMEOUT;
    }

    private static OptionalDouble or(Map<Key, Double> given, Key key, OptionalDouble otherwise) {
        Double value = given.get(key);
        return value == null ? otherwise : OptionalDouble.of(value);
    }

    private static Key key(String assignment) {
        String word = assignment.substring(0, Math.max(0, assignment.indexOf('=')));
        List<String> words = Stream.of(Key.values()).map(Key::word).toList();
        return Stream.of(Key.values())
                .filter(k -> k.word().equals(word))
                .findFirst()
                .orElseThrow(() -> fault(assignment, "no limit has that name" + nearest(word, words)));
    }

    private static String nearest(String word, List<String> words) {
        List<String> near = Nearest.of(word, words);
        return near.isEmpty() ? "" : " (nearest: " + String.join(", ", near) + ")";
    }

    private static double value(String assignment) {
        String text = assignment.substring(assignment.indexOf('=') + 1);
        return Optional.of(text)
                .filter(t -> t.matches("[0-9]{1,15}(\\.[0-9]{1,9})?(e[0-9]{1,2})?"))
                .map(Double::valueOf)
                .orElseThrow(() -> fault(assignment, "its value is not a number"));
    }

    private static InvalidInputException fault(String assignment, String finding) {
        return new InvalidInputException(
                "--gate " + assignment,
                "limits such as temperature=35,utilisation=0.25,timeout=300 expected",
                finding,
                "the limits are temperature, rise, battery, memory, utilisation and timeout");
    }
}
