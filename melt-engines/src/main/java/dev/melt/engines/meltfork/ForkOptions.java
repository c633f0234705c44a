package dev.melt.engines.meltfork;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.engines.ask.SettingRules;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Settings as options of the fork's {@code main}, which is llama.cpp's of March 2024. */
final class ForkOptions {
    private static final Map<Setting, String> WITH_VALUE = new EnumMap<>(Map.ofEntries(
            Map.entry(Setting.THREADS, "-t"),
            Map.entry(Setting.THREADS_BATCH, "-tb"),
            Map.entry(Setting.BATCH, "-b"),
            Map.entry(Setting.GPU_LAYERS, "-ngl"),
            Map.entry(Setting.CONTEXT, "-c"),
            Map.entry(Setting.CACHE_TYPE_K, "-ctk"),
            Map.entry(Setting.CACHE_TYPE_V, "-ctv"),
            Map.entry(Setting.SEED, "-s"),
            Map.entry(Setting.TEMPERATURE, "--temp"),
            Map.entry(Setting.TOP_K, "--top-k"),
            Map.entry(Setting.TOP_P, "--top-p"),
            Map.entry(Setting.MIN_P, "--min-p"),
            Map.entry(Setting.REPEAT_PENALTY, "--repeat-penalty")));

    /** Flags, with the value for which they are given. */
    private static final Map<Setting, Map.Entry<String, String>> FLAGS = new EnumMap<>(Map.of(
            Setting.MMAP, Map.entry("false", "--no-mmap"),
            Setting.MLOCK, Map.entry("true", "--mlock"),
            Setting.IGNORE_EOS, Map.entry("true", "--ignore-eos")));

    /** What it does anyway and what it cannot do, as values that are no request for anything else. */
    private static final Map<Setting, String> FIXED =
            new EnumMap<>(Map.of(Setting.WARMUP, "true", Setting.FLASH_ATTENTION, "false"));

    private ForkOptions() {}

    static List<String> of(Settings settings) {
        List<String> options = new ArrayList<>();
        settings.values().forEach((setting, value) -> {
            if (WITH_VALUE.containsKey(setting)) {
                options.add(WITH_VALUE.get(setting));
                options.add(value);
            } else if (FLAGS.containsKey(setting) && FLAGS.get(setting).getKey().equals(value)) {
                options.add(FLAGS.get(setting).getValue());
            }
        });
        return options;
    }

    /** What a llama.cpp of March 2024 that was built for a backend can be told. */
    static SettingRules rules(String engine, String backend) {
        SettingRules rules = SettingRules.of(engine);
        for (Setting setting : WITH_VALUE.keySet()) {
            rules = rules.any(setting);
        }
        for (Setting setting : FLAGS.keySet()) {
            rules = rules.any(setting);
        }
        for (Map.Entry<Setting, String> fixed : FIXED.entrySet()) {
            rules = rules.taking(fixed.getKey(), fixed.getValue());
        }
        rules = rules.taking(Setting.BACKEND, backend);
        return backend.equals("cpu") ? rules.taking(Setting.GPU_LAYERS, "0") : rules;
    }
}
