package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What no program of llama.cpp can do, said before a device is touched. */
record LlamaLimits(EngineJob job) {
    private static final List<String> CACHE_TYPES =
            List.of("f32", "f16", "bf16", "q8_0", "q4_0", "q4_1", "q5_0", "q5_1", "iq4_nl");
    private static final List<String> PLAIN_TYPES = List.of("f32", "f16", "bf16");

    private static final Map<Setting, String> ABSENT = Map.of(
            Setting.CHUNK_LENGTH, "llama.cpp takes a prompt in pieces of ubatch, not in graphs of a fixed size",
            Setting.PRUNING, "llama.cpp leaves no channels out");

    /** The first reason that holds for every program. */
    Optional<Problem> problem() {
        return Stream.<Optional<Problem>>of(
                        perOperator(),
                        absent(Setting.CHUNK_LENGTH),
                        absent(Setting.PRUNING),
                        backend(),
                        cacheType(Setting.CACHE_TYPE_K),
                        cacheType(Setting.CACHE_TYPE_V),
                        flashAttention())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** That the bundle has none of the programs that the job needs. */
    Optional<Problem> tool(String... names) {
        return job.bundle().tool(names).isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        "bundle " + job.bundle().name(),
                        String.join(" or ", names) + " in it expected",
                        "it has none of them",
                        "add a bundle that has it"));
    }

    private Optional<Problem> perOperator() {
        return job.perOperator()
                ? Optional.of(new Problem(
                        "per-operator profile",
                        "an engine that times its operators expected",
                        "llama.cpp's own programs do not",
                        "use --engine embedded"))
                : Optional.empty();
    }

    private Optional<Problem> absent(Setting setting) {
        return job.settings()
                .get(setting)
                .map(value -> new Problem(
                        "setting " + setting.key(),
                        "an engine that has it expected",
                        String.valueOf(ABSENT.get(setting)),
                        "leave it out, or take another --engine"));
    }

    private Optional<Problem> backend() {
        String there = job.bundle().backend();
        return job.settings()
                .get(Setting.BACKEND)
                .filter(value -> !value.equals(there))
                .map(value -> new Problem(
                        "setting backend",
                        "a bundle for " + value + " expected",
                        "bundle " + job.bundle().name() + " is for " + there,
                        "choose another --bundle, or set gpu_layers=0 for a model that stays on the CPU"));
    }

    private Optional<Problem> cacheType(Setting setting) {
        return job.settings()
                .get(setting)
                .filter(value -> !CACHE_TYPES.contains(value))
                .map(value -> new Problem(
                        "setting " + setting.key(),
                        "an element type of a cache expected",
                        "found " + value,
                        "take one of " + String.join(", ", CACHE_TYPES)));
    }

    private Optional<Problem> flashAttention() {
        boolean fused = job.settings()
                .get(Setting.FLASH_ATTENTION)
                .map(Boolean::parseBoolean)
                .orElse(false);
        return job.settings()
                .get(Setting.CACHE_TYPE_V)
                .filter(value -> !fused && !PLAIN_TYPES.contains(value))
                .map(value -> new Problem(
                        "setting cache_type_v",
                        "flash_attention=true with a quantised cache expected",
                        "found " + value + " without it",
                        "set flash_attention=true too"));
    }
}
