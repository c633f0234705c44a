package dev.melt.engines.llamacpp;

import dev.melt.core.engine.Setting;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What llama.cpp's log tells of its build, of the model, of memory and of the settings that took effect, in the words of all
 * years from 2023 on. A value that is printed more than once counts as it was printed last. Immutable.
 *
 * @param facts by flat key: {@code engine.version}, {@code memory.kv_bytes}, ...
 * @param effective by key of {@link Setting}
 */
public record LogFacts(Map<String, String> facts, Map<String, String> effective) {
    private static final double MEBIBYTE = 1 << 20;

    /** Sizes are printed with two decimals; of a smaller cache too little is left. */
    private static final double FINE_ENOUGH = 1;

    /** A line that says something: where it goes, and what its first group has to be made into. */
    private record Line(String key, boolean setting, Pattern pattern, UnaryOperator<String> value) {
        static Line fact(String key, String pattern) {
            return new Line(key, false, Pattern.compile(pattern), UnaryOperator.identity());
        }

        static Line setting(Setting setting, String pattern) {
            return new Line(setting.key(), true, Pattern.compile(pattern), UnaryOperator.identity());
        }

        static Line flag(Setting setting, String pattern, String yes) {
            return new Line(
                    setting.key(), true, Pattern.compile(pattern), found -> Boolean.toString(found.equals(yes)));
        }
    }

    private static final String CONTEXT_LINE =
            "(?:llama_init_from_model|llama_new_context_with_model|llama_context):\\s+";

    private static final List<Line> LINES = List.of(
            new Line(
                    "engine.version",
                    false,
                    Pattern.compile("\\b(?:build: |build = |version: )([1-9][0-9]{0,8}) \\("),
                    number -> "b" + number),
            Line.fact("engine.version", "\\bbuild_info: (b[1-9][0-9]{0,8})-"),
            Line.fact("engine.commit", "\\b(?:build: |build = |version: )[1-9][0-9]{0,8} \\(([0-9a-f]{6,40})\\)"),
            Line.fact("model.arch", "(?:print_info|llm_load_print_meta): arch\\s+= (\\S+)"),
            Line.fact("model.file_type", "(?:print_info|llm_load_print_meta): (?:file type|model ftype)\\s+= (\\S.*)"),
            Line.fact("model.parameters_printed", "(?:print_info|llm_load_print_meta): model params\\s+= (\\S.*)"),
            Line.fact("model.layers_offloaded", "offloaded ([0-9]+/[0-9]+) layers to GPU"),
            Line.setting(Setting.THREADS, "\\bsystem_info: n_threads = ([1-9][0-9]{0,4})\\b"),
            Line.setting(Setting.THREADS_BATCH, "\\(n_threads_batch = ([1-9][0-9]{0,4})\\)"),
            Line.setting(Setting.CONTEXT, "\\bgenerate: n_ctx = ([1-9][0-9]{0,8}),"),
            Line.setting(Setting.BATCH, "\\bgenerate: n_ctx = [0-9]+, n_batch = ([1-9][0-9]{0,8}),"),
            Line.setting(Setting.CONTEXT, "\\bn_ctx_slot = ([1-9][0-9]{0,8})\\b"),
            Line.setting(Setting.CONTEXT, CONTEXT_LINE + "n_ctx\\s+= ([1-9][0-9]{0,8})\\b"),
            Line.setting(Setting.BATCH, CONTEXT_LINE + "n_batch\\s+= ([1-9][0-9]{0,8})\\b"),
            Line.setting(Setting.UBATCH, CONTEXT_LINE + "n_ubatch\\s+= ([1-9][0-9]{0,8})\\b"),
            Line.flag(Setting.FLASH_ATTENTION, CONTEXT_LINE + "flash_attn\\s+= (0|1|enabled|disabled)\\b", "1"),
            Line.flag(Setting.FLASH_ATTENTION, CONTEXT_LINE + "flash_attn\\s+= (enabled)\\b", "enabled"),
            Line.setting(Setting.CACHE_TYPE_K, "\\btype_k = '([a-z0-9_]+)'"),
            Line.setting(Setting.CACHE_TYPE_V, "\\btype_v = '([a-z0-9_]+)'"),
            Line.setting(Setting.CACHE_TYPE_K, "\\bK \\(([a-z0-9_]+)\\):"),
            Line.setting(Setting.CACHE_TYPE_V, "\\bV \\(([a-z0-9_]+)\\):"),
            Line.flag(Setting.MMAP, "load_tensors: .*\\(mmap = (true|false)", "true"),
            Line.flag(
                    Setting.WARMUP,
                    "(warming up the model with an empty run)",
                    "warming up the model with an empty run"),
            Line.setting(Setting.SEED, "\\b(?:sampler seed: |main: seed\\s+= )([0-9]{1,18})\\b"),
            Line.setting(Setting.TEMPERATURE, "\\btypical_p = .*\\btemp = ([0-9]+[.][0-9]+)"),
            Line.setting(Setting.TOP_K, "\\btop_k = ([0-9]{1,9}), "),
            Line.setting(Setting.TOP_P, "\\btop_k = .*\\btop_p = ([0-9]+[.][0-9]+)"),
            Line.setting(Setting.MIN_P, "\\btop_k = .*\\bmin_p = ([0-9]+[.][0-9]+)"),
            Line.setting(Setting.REPEAT_PENALTY, "\\brepeat_penalty = ([0-9]+[.][0-9]+)"));

    /** One of these is in every line that says something: the others are passed over quickly. */
    private static final List<String> MARKS = List.of(
            "build",
            "version:",
            "print_info:",
            "llm_load_",
            "offloaded",
            "n_threads",
            "n_ctx",
            "llama_",
            "type_k",
            "K (",
            "load_tensors:",
            "warming up",
            "seed",
            "top_k",
            "repeat_penalty",
            "KV ",
            "|   - ",
            "| - ",
            "typical_p");

    private static final Pattern KV_SELF = Pattern.compile("KV self size\\s+=\\s*" + Numbers.NUMBER + " MiB");
    private static final Pattern NEW_CONTEXT = Pattern.compile(CONTEXT_LINE + "n_ctx\\s+=");
    private static final Pattern KV_BUFFER = Pattern.compile("KV buffer size =\\s*" + Numbers.NUMBER + " MiB");
    private static final Pattern BREAKDOWN = Pattern.compile(
            "\\|\\s*- (\\S[^|]*?)\\s*\\|[^|]*?[0-9]+ =\\s*([0-9]{1,9}) \\+\\s*([0-9]{1,9}) \\+\\s*([0-9]{1,9})\\s*[|)]");

    public LogFacts {
        facts = Map.copyOf(facts);
        effective = Map.copyOf(effective);
    }

    /** Of a log. */
    public static LogFacts of(ConsoleText told) {
        ConsoleText log = ConsoleText.of(told.lines().stream()
                .filter(line -> MARKS.stream().anyMatch(line::contains))
                .collect(Collectors.joining("\n")));
        Map<String, String> facts = new HashMap<>();
        Map<String, String> effective = new HashMap<>();
        for (Line line : LINES) {
            log.last(line.pattern())
                    .ifPresent(match -> (line.setting() ? effective : facts)
                            .put(line.key(), line.value().apply(match.group(1)).strip()));
        }
        memory(log, facts);
        return new LogFacts(facts, effective);
    }

    private static void memory(ConsoleText log, Map<String, String> facts) {
        double mebibytes = keyValueCache(log);
        if (mebibytes >= FINE_ENOUGH) {
            facts.put("memory.kv_bytes", bytes(OptionalDouble.of(mebibytes)));
        }
        for (String line : log.lines()) {
            Matcher row = BREAKDOWN.matcher(line);
            if (row.find()) {
                String device = row.group(1);
                facts.put("memory.model_bytes." + device, bytes(Numbers.real(row.group(2))));
                facts.put("memory.context_bytes." + device, bytes(Numbers.real(row.group(3))));
                facts.put("memory.compute_bytes." + device, bytes(Numbers.real(row.group(4))));
            }
        }
    }

    /** Of the last context that was made; a context may have a cache on each device and for each kind of layer. */
    private static double keyValueCache(ConsoleText log) {
        double buffers = 0;
        double whole = 0;
        for (String line : log.lines()) {
            Matcher buffer = KV_BUFFER.matcher(line);
            Matcher self = KV_SELF.matcher(line);
            if (NEW_CONTEXT.matcher(line).find()) {
                buffers = 0;
                whole = 0;
            } else if (buffer.find()) {
                buffers += Numbers.positive(buffer.group(1)).orElse(0);
            } else if (self.find()) {
                whole = Numbers.positive(self.group(1)).orElse(0);
            }
        }
        return whole > 0 ? whole : buffers;
    }

    private static String bytes(OptionalDouble mebibytes) {
        return Long.toString(Math.round(mebibytes.orElse(0) * MEBIBYTE));
    }

    /** Puts them into a log, over what it has of them. */
    public void addTo(EventLogBuilder log) {
        facts.forEach(log::fact);
        effective.forEach(log::effective);
    }
}
