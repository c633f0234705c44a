package dev.melt.engines.llamacpp;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;

/**
 * The options that llama.cpp's text programs and its server share, in the words of every generation. An option at its neutral
 * value is left out where a build does not know it; any other value is needed.
 */
record CommonOptions(Settings settings, ShellScript script) {
    /** How model and context are made. */
    void runtime() {
        number(Setting.THREADS, "--threads", "-t");
        number(Setting.THREADS_BATCH, "--threads-batch", "-tb");
        number(Setting.CONTEXT, "--ctx-size", "-c");
        number(Setting.BATCH, "--batch-size", "-b");
        number(Setting.UBATCH, "--ubatch-size", "-ub");
        gpuLayers();
        number(Setting.CACHE_TYPE_K, "--cache-type-k", "-ctk");
        number(Setting.CACHE_TYPE_V, "--cache-type-v", "-ctv");
        flashAttention();
        memory();
        if (!flag(Setting.WARMUP, true)) {
            script.needing("--no-warmup", "--no-warmup");
        }
        script.whereKnown("--fit-target", "-fit", "off").whereKnown("--no-context-shift", "--no-context-shift");
        script.whereKnown("--log-timestamps", "--log-timestamps").whereKnown("--log-prefix", "--log-prefix");
    }

    /** How tokens are chosen, for programs that take it on their command line. */
    void sampling() {
        number(Setting.SEED, "--seed", "-s");
        number(Setting.TEMPERATURE, "--temp", "--temp");
        number(Setting.TOP_K, "--top-k", "--top-k");
        number(Setting.TOP_P, "--top-p", "--top-p");
        number(Setting.MIN_P, "--min-p", "--min-p");
        number(Setting.REPEAT_PENALTY, "--repeat-penalty", "--repeat-penalty");
        if (flag(Setting.IGNORE_EOS, false)) {
            script.needing("--ignore-eos", "--ignore-eos");
        }
    }

    private void number(Setting setting, String word, String option) {
        settings.get(setting).ifPresent(value -> script.needing(word, option, value));
    }

    /** A build without a GPU may have no such option, and means 0. */
    void gpuLayers() {
        String layers = settings.get(Setting.GPU_LAYERS).orElse("0");
        if (layers.equals("0")) {
            script.whereKnown("--n-gpu-layers", "-ngl", "0");
        } else {
            script.needing("--n-gpu-layers", "-ngl", layers.equals("-1") ? "999" : layers);
        }
    }

    /** A switch until 2025, then a word; builds before mid-2024 cannot do it. */
    private void flashAttention() {
        boolean fused = flag(Setting.FLASH_ATTENTION, false);
        script.lines("if has 'Flash Attention use'; then\n    set -- \"$@\" -fa " + (fused ? "on" : "off")
                + (fused ? "\nelif has --flash-attn; then\n    set -- \"$@\" -fa\nelse\n    lacks -fa" : "") + "\nfi");
    }

    /** Two switches until 2026, then one word. */
    private void memory() {
        boolean mapped = flag(Setting.MMAP, true);
        boolean locked = flag(Setting.MLOCK, false);
        String word = locked ? "mlock" : mapped ? "mmap" : "none";
        String switches = (mapped ? "" : " --no-mmap") + (locked ? " --mlock" : "");
        String newest = locked && !mapped ? "lacks --load-mode" : "set -- \"$@\" --load-mode " + word;
        script.lines("if has --load-mode; then\n    " + newest
                + (switches.isEmpty() ? "" : "\nelse\n    set -- \"$@\"" + switches) + "\nfi");
    }

    boolean flag(Setting setting, boolean unasked) {
        return settings.get(setting).map(Boolean::parseBoolean).orElse(unasked);
    }
}
