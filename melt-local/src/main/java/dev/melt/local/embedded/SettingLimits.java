package dev.melt.local.embedded;

import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the worker takes, so that anything else is refused before a trial and not by each trial again. */
record SettingLimits(Settings settings) {
    /** llama.cpp makes a smaller batch this large. */
    static final int LEAST_BATCH = 64;

    private static final List<String> CACHE_TYPES =
            List.of("f32", "f16", "bf16", "q8_0", "q4_0", "q4_1", "q5_0", "q5_1", "iq4_nl");
    private static final List<String> PLAIN_TYPES = List.of("f32", "f16", "bf16");

    private static final List<Setting> ABSENT =
            List.of(Setting.BACKEND, Setting.GPU_LAYERS, Setting.CHUNK_LENGTH, Setting.PRUNING);

    private static final Map<Setting, Range> RANGES = Map.of(
            Setting.THREADS, new Range("1", "512"),
            Setting.THREADS_BATCH, new Range("1", "512"),
            Setting.BATCH, new Range(Integer.toString(LEAST_BATCH), "1048576"),
            Setting.CONTEXT, new Range("32", "10000000"),
            Setting.SEED, new Range("0", "2147483647"),
            Setting.TEMPERATURE, new Range("0", "100"),
            Setting.TOP_K, new Range("0", "2147483647"),
            Setting.TOP_P, new Range("0", "1"),
            Setting.MIN_P, new Range("0", "1"),
            Setting.REPEAT_PENALTY, new Range("0.01", "100"));

    private record Range(String least, String most) {
        boolean holds(String value) {
            BigDecimal number = new BigDecimal(value);
            return number.compareTo(new BigDecimal(least)) >= 0 && number.compareTo(new BigDecimal(most)) <= 0;
        }
    }

    /** The first setting that the worker would refuse, or a prompt that does not fit into the context. */
    Optional<Problem> problem(Script script) {
        return Stream.of(
                        ABSENT.stream().map(this::absent).flatMap(Optional::stream),
                        settings.values().keySet().stream().map(this::range).flatMap(Optional::stream),
                        Stream.of(Setting.CACHE_TYPE_K, Setting.CACHE_TYPE_V)
                                .map(this::cacheType)
                                .flatMap(Optional::stream),
                        Stream.of(microBatch(), flashAttention(), room(script)).flatMap(Optional::stream))
                .flatMap(found -> found)
                .findFirst();
    }

    private Optional<Problem> range(Setting setting) {
        return Optional.ofNullable(RANGES.get(setting))
                .flatMap(range -> settings.get(setting)
                        .filter(value -> !range.holds(value))
                        .map(value -> new Problem(
                                "setting " + setting.key(),
                                range.least() + " to " + range.most() + " expected",
                                "found " + value,
                                "it means: " + setting.description())));
    }

    private Optional<Problem> absent(Setting setting) {
        return settings.get(setting)
                .filter(value -> !(setting == Setting.BACKEND && value.equals("cpu")))
                .map(value -> new Problem(
                        "setting " + setting.key(),
                        "an engine that has it expected",
                        "engine embedded computes on the CPU, without fixed graphs",
                        "leave it out, or take another --engine"));
    }

    private Optional<Problem> cacheType(Setting setting) {
        return settings.get(setting)
                .filter(value -> !CACHE_TYPES.contains(value))
                .map(value -> new Problem(
                        "setting " + setting.key(),
                        "an element type of a cache expected",
                        "found " + value,
                        "take one of " + String.join(", ", CACHE_TYPES)));
    }

    private Optional<Problem> microBatch() {
        int batch = settings.get(Setting.BATCH).map(Integer::parseInt).orElse(Integer.MAX_VALUE);
        return settings.get(Setting.UBATCH)
                .filter(value -> Integer.parseInt(value) > batch)
                .map(value -> new Problem(
                        "setting ubatch",
                        "at most the batch, " + batch + ", expected",
                        "found " + value,
                        "set batch=" + value + " too"));
    }

    private Optional<Problem> flashAttention() {
        boolean fused =
                settings.get(Setting.FLASH_ATTENTION).map(Boolean::parseBoolean).orElse(false);
        return settings.get(Setting.CACHE_TYPE_V)
                .filter(value -> !fused && !PLAIN_TYPES.contains(value))
                .map(value -> new Problem(
                        "setting cache_type_v",
                        "flash_attention=true with a quantised cache expected",
                        "found " + value + " without it",
                        "set flash_attention=true too"));
    }

    /** Only of prompts that are counted in tokens: how many a text is, the tokenizer says. */
    private Optional<Problem> room(Script script) {
        long context = settings.get(Setting.CONTEXT).map(Long::parseLong).orElse(Long.MAX_VALUE);
        long longest = script.conversations().stream()
                .map(Conversation::turns)
                .flatMap(List::stream)
                .mapToLong(SettingLimits::tokens)
                .max()
                .orElse(0);
        return longest <= context
                ? Optional.empty()
                : Optional.of(new Problem(
                        "setting context",
                        "room for " + longest + " tokens of depth, prompt and answer expected",
                        "found " + context,
                        "set context=" + longest + " or more, or leave it out"));
    }

    private static long tokens(Request request) {
        return request instanceof Request.Tokens tokens
                ? (long) tokens.depth() + Math.max(1, tokens.promptTokens()) + tokens.generate()
                : 0;
    }
}
