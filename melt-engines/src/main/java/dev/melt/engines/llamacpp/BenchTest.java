package dev.melt.engines.llamacpp;

import dev.melt.core.engine.Setting;
import dev.melt.core.event.EnginePerf;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One test of llama-bench. It evaluates a prompt of random tokens, or decodes from an empty context, or from one of
 * {@code depth} tokens; nothing is sampled.
 *
 * @param samples the repetitions; one, the mean of all, where the form prints no more
 * @param tokensPerSecond mean over the repetitions, by llama-bench; empty where it is not finite
 * @param settings by key of {@link Setting}
 */
record BenchTest(
        int prompt,
        int generate,
        int depth,
        List<Sample> samples,
        OptionalDouble tokensPerSecond,
        Map<String, String> settings) {
    /** One repetition, with its rate as printed. */
    record Sample(double seconds, OptionalDouble tokensPerSecond) {}

    BenchTest {
        samples = List.copyOf(samples);
        settings = Map.copyOf(settings);
    }

    /** Such as {@code pp512}, {@code tg128} or {@code pp512+tg128 @ d1024}: as llama-bench names it. */
    String name() {
        String work = (prompt > 0 ? "pp" + prompt : "")
                + (prompt > 0 && generate > 0 ? "+" : "")
                + (generate > 0 ? "tg" + generate : "");
        return depth > 0 ? work + " @ d" + depth : work;
    }

    /** A turn for each repetition. */
    List<TurnFinding> turns() {
        if (samples.isEmpty()) {
            return tokensPerSecond.isPresent() ? List.of(stated(tokensPerSecond.getAsDouble())) : List.of();
        }
        return samples.stream().map(this::turn).toList();
    }

    private TurnFinding turn(Sample sample) {
        if (prompt > 0 && generate > 0) {
            return new TurnFinding.Undivided(sample.seconds(), generate, depth);
        }
        EnginePerf.Phase phase = new EnginePerf.Phase(
                OptionalDouble.of(sample.seconds()), OptionalInt.of(prompt + generate), sample.tokensPerSecond());
        return prompt > 0
                ? new TurnFinding.Timed(prefill(sample.seconds()), phase, EnginePerf.Phase.NONE)
                : new TurnFinding.Timed(
                        TurnSpans.decode(generate, sample.seconds(), depth), EnginePerf.Phase.NONE, phase);
    }

    private TurnSpans prefill(double seconds) {
        return new TurnSpans(
                OptionalInt.of(prompt),
                OptionalDouble.of(seconds),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalDouble.empty(),
                0,
                depth);
    }

    private TurnFinding stated(double rate) {
        EnginePerf.Phase phase = EnginePerf.Phase.ofRate(rate);
        EnginePerf.Phase none = EnginePerf.Phase.NONE;
        if (prompt > 0 && generate > 0) {
            return new TurnFinding.Stated(none, none, Map.of(), depth);
        }
        return prompt > 0
                ? new TurnFinding.Stated(phase, none, Map.of("prefill_rate", rate), depth)
                : new TurnFinding.Stated(none, phase, Map.of("decode_rate", rate), depth);
    }

    /** The findings of all tests of one output; a setting that differs between tests took effect in none as a whole. */
    static Findings findings(List<BenchTest> tests, Map<String, String> facts) {
        List<TurnFinding> turns = new ArrayList<>();
        Map<String, String> allFacts = new HashMap<>(facts);
        for (BenchTest test : tests) {
            turns.addAll(test.turns());
            if (test.prompt > 0 && test.generate > 0 && test.tokensPerSecond.isPresent()) {
                allFacts.put(
                        "bench.combined_tokens_per_second." + test.name(),
                        Double.toString(test.tokensPerSecond.getAsDouble()));
            }
        }
        Map<String, String> common = new HashMap<>(tests.get(0).settings);
        tests.forEach(test -> common.entrySet().retainAll(test.settings.entrySet()));
        return Findings.ofTurns(turns).with(allFacts, common);
    }

    /** What a column or key of llama-bench's says of a setting; empty for what is none, or was left to the engine. */
    static Optional<Map.Entry<String, String>> setting(String column, String value) {
        return switch (column) {
            case "n_threads", "threads" -> whole(Setting.THREADS, value);
            case "n_batch" -> whole(Setting.BATCH, value);
            case "n_ubatch" -> whole(Setting.UBATCH, value);
            case "n_gpu_layers", "ngl" -> whole(Setting.GPU_LAYERS, value);
            case "type_k" -> Optional.of(Map.entry(Setting.CACHE_TYPE_K.key(), value));
            case "type_v" -> Optional.of(Map.entry(Setting.CACHE_TYPE_V.key(), value));
            case "flash_attn", "fa" -> flag(Setting.FLASH_ATTENTION, value);
            case "use_mmap", "mmap" -> flag(Setting.MMAP, value);
            case "load_mode" -> Optional.of(Map.entry(Setting.MMAP.key(), Boolean.toString(value.equals("mmap"))));
            default -> Optional.empty();
        };
    }

    private static Optional<Map.Entry<String, String>> whole(Setting setting, String value) {
        return value.matches("-?[0-9]{1,9}") ? Optional.of(Map.entry(setting.key(), value)) : Optional.empty();
    }

    private static Optional<Map.Entry<String, String>> flag(Setting setting, String value) {
        return switch (value) {
            case "1", "true", "on" -> Optional.of(Map.entry(setting.key(), "true"));
            case "0", "false", "off" -> Optional.of(Map.entry(setting.key(), "false"));
            default -> Optional.empty();
        };
    }

    /** The test of one record with llama-bench's own field names; the names of 2023 to 2026 are all read. */
    static Optional<BenchTest> of(Map<String, String> fields, List<Sample> samples) {
        OptionalInt prompt = Numbers.count(fields.getOrDefault("n_prompt", ""));
        OptionalInt generate = Numbers.count(fields.getOrDefault("n_gen", ""));
        if (prompt.isEmpty() || generate.isEmpty() || prompt.getAsInt() + generate.getAsInt() == 0) {
            return Optional.empty();
        }
        OptionalDouble rate = Numbers.positive(fields.getOrDefault("avg_ts", ""));
        OptionalDouble mean = Numbers.positive(fields.getOrDefault("avg_ns", ""));
        List<Sample> all =
                samples.isEmpty() && mean.isPresent() ? List.of(new Sample(mean.getAsDouble() / 1e9, rate)) : samples;
        Map<String, String> settings = new HashMap<>();
        fields.forEach((column, value) ->
                setting(column, value).ifPresent(setting -> settings.put(setting.getKey(), setting.getValue())));
        return Optional.of(new BenchTest(
                prompt.getAsInt(),
                generate.getAsInt(),
                Numbers.count(fields.getOrDefault("n_depth", "0")).orElse(0),
                all,
                rate,
                settings));
    }

    /** What one record says of the build and the model. */
    static Map<String, String> facts(Map<String, String> fields) {
        Map<String, String> facts = new HashMap<>();
        String build = fields.getOrDefault("build_number", "");
        if (build.matches("[1-9][0-9]{0,8}")) {
            facts.put("engine.version", "b" + build);
        }
        Map.of(
                        "build_commit", "engine.commit",
                        "backends", "engine.backends",
                        "cpu_info", "engine.cpu",
                        "gpu_info", "engine.gpu",
                        "model_filename", "model.file",
                        "model_type", "model.type",
                        "model_size", "model.tensor_bytes",
                        "model_n_params", "model.parameters")
                .forEach((field, fact) -> {
                    String value = fields.getOrDefault(field, "");
                    if (!value.isEmpty() && !value.equals("unknown")) {
                        facts.put(fact, value);
                    }
                });
        return facts;
    }
}
