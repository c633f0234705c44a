package dev.melt.engines.meltfork;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

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

    /** The settings that it cannot honour, as a person wrote them. */
    static Optional<String> unsupported(Settings settings, String backend) {
        Set<String> unsupported = new TreeSet<>();
        settings.values().forEach((setting, value) -> {
            boolean honoured = WITH_VALUE.containsKey(setting)
                    || FLAGS.containsKey(setting)
                    || value.equals(FIXED.get(setting))
                    || (setting == Setting.BACKEND && value.equals(backend));
            boolean idle = setting == Setting.GPU_LAYERS && !value.equals("0") && backend.equals("cpu");
            if (!honoured || idle) {
                unsupported.add(setting.key() + "=" + value);
            }
        });
        return unsupported.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", unsupported));
    }
}
