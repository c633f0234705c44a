package dev.melt.engines.ask;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.problem.Problem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which settings an engine's command line can honour, so that every other one is refused before a trial and none is ignored in
 * silence. Immutable.
 *
 * @param engine what the refusal calls it
 * @param taken values that are accepted, by setting; an empty list stands for every value
 */
public record SettingRules(String engine, Map<Setting, List<String>> taken) {
    public SettingRules {
        EnumMap<Setting, List<String>> copy = new EnumMap<>(Setting.class);
        taken.forEach((setting, values) -> copy.put(setting, List.copyOf(values)));
        taken = Collections.unmodifiableMap(copy);
    }

    /** An engine that takes no setting. */
    public static SettingRules of(String engine) {
        return new SettingRules(engine, Map.of());
    }

    /** The same with one more setting, of which the engine takes these values; without values it takes all. */
    public SettingRules taking(Setting setting, String... values) {
        EnumMap<Setting, List<String>> more = new EnumMap<>(Setting.class);
        more.putAll(taken);
        more.put(setting, List.of(values));
        return new SettingRules(engine, more);
    }

    /** The first setting that the engine cannot honour. */
    public Optional<Problem> problem(Settings settings) {
        return settings.values().entrySet().stream()
                .flatMap(entry -> problem(entry.getKey(), entry.getValue()).stream())
                .findFirst();
    }

    private Optional<Problem> problem(Setting setting, String value) {
        List<String> values = taken.get(setting);
        if (values == null) {
            return Optional.of(new Problem(
                    "setting " + setting.key(),
                    "an engine that takes it expected",
                    engine + " has no option for it",
                    "leave it out, or take another --engine"));
        }
        if (values.isEmpty() || values.contains(value)) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                "setting " + setting.key(),
                String.join(" or ", values) + " expected by " + engine,
                "found " + value,
                "set " + setting.key() + "=" + values.get(0) + ", or leave it out"));
    }
}
