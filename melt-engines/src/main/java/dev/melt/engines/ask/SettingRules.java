package dev.melt.engines.ask;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.problem.Problem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one engine can be told, by setting. What is not named here it cannot be told, and asking for it is refused, so that no
 * setting is silently ignored. Immutable.
 */
public final class SettingRules {
    private record Rule(List<String> values, String remedy) {}

    private final String engine;
    private final Map<Setting, Rule> rules;
    private final Map<Setting, String> elsewhere;

    private SettingRules(String engine, Map<Setting, Rule> rules, Map<Setting, String> elsewhere) {
        this.engine = engine;
        this.rules = Collections.unmodifiableMap(rules);
        this.elsewhere = Collections.unmodifiableMap(elsewhere);
    }

    /** Of an engine that can be told nothing. */
    public static SettingRules of(String engine) {
        return new SettingRules(
                requireNonNull(engine, "engine"), new EnumMap<>(Setting.class), new EnumMap<>(Setting.class));
    }

    /** These may have any value. */
    public SettingRules any(Setting... settings) {
        SettingRules more = this;
        for (Setting setting : settings) {
            more = more.with(setting, new Rule(List.of(), ""));
        }
        return more;
    }

    /** This may have these values only; the remedy says what to do for another. */
    public SettingRules only(Setting setting, String remedy, String... values) {
        return with(setting, new Rule(List.of(values), remedy));
    }

    /** This may have these values only, and needs not to be said. */
    public SettingRules taking(Setting setting, String... values) {
        return only(setting, "set " + setting.key() + "=" + values[0] + ", or leave it out", values);
    }

    /** This cannot be told to a process; the remedy says where it is decided. */
    public SettingRules elsewhere(Setting setting, String remedy) {
        EnumMap<Setting, String> more = copy(elsewhere);
        more.put(setting, remedy);
        return new SettingRules(engine, rules, more);
    }

    private SettingRules with(Setting setting, Rule rule) {
        EnumMap<Setting, Rule> more = copy(rules);
        more.put(setting, rule);
        return new SettingRules(engine, more, elsewhere);
    }

    /** What it is that can be told. */
    public String engine() {
        return engine;
    }

    /** The values that a setting may have; an empty list for all, and nothing where it cannot be told. */
    public Optional<List<String>> values(Setting setting) {
        return Optional.ofNullable(rules.get(setting)).map(Rule::values);
    }

    /** What of the asked settings it cannot be told; empty where it can be told all. */
    public Optional<Problem> problem(String device, Settings asked) {
        return asked.values().entrySet().stream()
                .flatMap(e -> problem(device, e.getKey(), e.getValue()).stream())
                .findFirst();
    }

    private Optional<Problem> problem(String device, Setting setting, String value) {
        Rule rule = rules.get(setting);
        String subject = "[" + device + "] engine " + engine;
        String found = setting.key() + "=" + value + " found";
        if (rule == null) {
            return Optional.of(new Problem(
                    subject,
                    "settings that it can be told expected",
                    found,
                    elsewhere.getOrDefault(setting, "leave it out, or take another engine")));
        }
        if (rule.values().isEmpty() || rule.values().contains(value)) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                subject, setting.key() + " " + String.join(" or ", rule.values()) + " expected", found, rule.remedy()));
    }

    private static <T> EnumMap<Setting, T> copy(Map<Setting, T> map) {
        EnumMap<Setting, T> copy = new EnumMap<>(Setting.class);
        copy.putAll(map);
        return copy;
    }
}
