package dev.melt.engines.llamacpp;

import dev.melt.core.device.Device;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import java.util.EnumMap;
import java.util.Map;

/** What llama.cpp's programs are given where nothing was asked for; all of it stands in their arguments or requests. */
final class LlamaDefaults {
    private static final int SMALLEST_CONTEXT = 512;
    private static final int CONTEXT_STEP = 256;

    private LlamaDefaults() {}

    /** Of every program: threads, where it computes, the cache. */
    static Settings ofAll(EngineJob job, Device device) {
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.THREADS, device.facts().getOrDefault("cores", "1"));
        defaults.put(Setting.GPU_LAYERS, job.bundle().backend().equals("cpu") ? "0" : "-1");
        defaults.put(Setting.CACHE_TYPE_K, "f16");
        defaults.put(Setting.CACHE_TYPE_V, "f16");
        defaults.put(Setting.FLASH_ATTENTION, "false");
        defaults.put(Setting.MMAP, "true");
        return new Settings(defaults).with(job.settings());
    }

    /** Of those that make a context of their own and choose tokens. */
    static Settings ofGeneration(EngineJob job, Device device) {
        boolean exactLength = job.script().conversations().stream().noneMatch(c -> c.chat());
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.CONTEXT, Long.toString(context(job)));
        defaults.put(Setting.MLOCK, "false");
        defaults.put(Setting.SEED, "42");
        defaults.put(Setting.TEMPERATURE, "0");
        defaults.put(Setting.REPEAT_PENALTY, "1");
        defaults.put(Setting.IGNORE_EOS, Boolean.toString(exactLength));
        defaults.put(Setting.WARMUP, "true");
        Settings complete = new Settings(defaults).with(ofAll(job, device));
        return new Settings(Map.of(
                        Setting.THREADS_BATCH, complete.get(Setting.THREADS).orElseThrow()))
                .with(complete);
    }

    private static long context(EngineJob job) {
        long needed = job.script().contextTokens() + 1;
        return Math.max(SMALLEST_CONTEXT, (needed + CONTEXT_STEP - 1) / CONTEXT_STEP * CONTEXT_STEP);
    }
}
