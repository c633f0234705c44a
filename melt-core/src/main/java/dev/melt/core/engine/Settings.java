package dev.melt.core.engine;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Nearest;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an engine is asked for, or what took effect: values by {@link Setting}; what is not in it was left open. */
public record Settings(Map<Setting, String> values) {
    public static final Settings NONE = new Settings(Map.of());

    public Settings {
        EnumMap<Setting, String> copy = new EnumMap<>(Setting.class);
        copy.putAll(values);
        copy.forEach(Settings::check);
        values = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads {@code key=value} pairs.
     *
     * @throws InvalidInputException for an unknown key or a value of the wrong form
     */
    public static Settings parse(List<String> assignments) {
        EnumMap<Setting, String> values = new EnumMap<>(Setting.class);
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException(
                        "--set", "key=value expected", "found " + assignment, "write for example --set threads=4");
            }
            values.put(byKey(assignment.substring(0, equals)), assignment.substring(equals + 1));
        }
        return new Settings(values);
    }

    /** The setting with this key. */
    public static Setting byKey(String key) {
        return Arrays.stream(Setting.values())
                .filter(s -> s.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "setting " + key,
                        "the name of an engine setting expected",
                        "no setting has that name",
                        remedy(key)));
    }

    private static String remedy(String key) {
        List<String> keys = Arrays.stream(Setting.values()).map(Setting::key).toList();
        List<String> near = Nearest.of(key, keys);
        return near.isEmpty()
                ? "the settings are " + String.join(", ", keys)
                : "did you mean " + String.join(" or ", near) + "?";
    }

    public Optional<String> get(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** These settings, with those of {@code other} taking precedence. */
    public Settings with(Settings other) {
        EnumMap<Setting, String> merged = new EnumMap<>(Setting.class);
        merged.putAll(values);
        merged.putAll(other.values);
        return new Settings(merged);
    }

    /** By key, for stores and fingerprints. */
    public SortedMap<String, String> byKey() {
        TreeMap<String, String> byKey = new TreeMap<>();
        values.forEach((setting, value) -> byKey.put(setting.key(), value));
        return byKey;
    }

    private static void check(Setting setting, String value) {
        String form = switch (setting.type()) {
            case POSITIVE -> "[1-9][0-9]{0,8}";
            case NUMBER -> "-?[0-9]{1,18}";
            case DECIMAL -> "[0-9]{1,6}(\\.[0-9]{1,9})?";
            case FLAG -> "true|false";
            case WORD -> "[A-Za-z0-9_]{1,32}";
        };
        if (!value.matches(form)) {
            throw new InvalidInputException(
                    "setting " + setting.key(),
                    expectation(setting.type()) + " expected",
                    "found " + value,
                    "it means: " + setting.description());
        }
    }

    private static String expectation(Setting.Type type) {
        return switch (type) {
            case POSITIVE -> "a whole number above 0";
            case NUMBER -> "a whole number";
            case DECIMAL -> "a decimal number such as 0.7";
            case FLAG -> "true or false";
            case WORD -> "one word";
        };
    }
}
