package dev.melt.engines.executorch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.event.EnginePerf;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One inference as the runner stamped it, in nanoseconds since 1970.
 *
 * @param loadStart 0, with {@code loadEnd}, where the model was loaded before
 * @param steps passes after the first token
 * @param prefillRate the runner's own, where it prints one; so {@code decodeRate}
 */
record Observation(
        long loadStart,
        long loadEnd,
        long start,
        long promptEnd,
        long firstToken,
        long end,
        int promptTokens,
        int steps,
        OptionalDouble prefillRate,
        OptionalDouble decodeRate,
        OptionalLong gpuPeakBytes) {
    private static final double NANOS = 1e9;
    private static final double MEBIBYTE = 1 << 20;

    /** Empty where a stamp or a count that a finished inference has is missing, or where time runs backwards. */
    static Optional<Observation> of(JsonNode node) {
        double perSecond = node.path("SCALING_FACTOR_UNITS_PER_SECOND").asDouble(0);
        int tokens = node.path("prompt_tokens").asInt(0);
        if (perSecond < 1
                || perSecond > NANOS
                || tokens <= 0
                || !node.path("generated_tokens").canConvertToInt()) {
            return Optional.empty();
        }
        Observation seen = new Observation(
                nanos(node, "model_load_start_ms", perSecond),
                nanos(node, "model_load_end_ms", perSecond),
                nanos(node, "inference_start_ms", perSecond),
                nanos(node, "prompt_eval_end_ms", perSecond),
                nanos(node, "first_token_ms", perSecond),
                nanos(node, "inference_end_ms", perSecond),
                tokens,
                node.path("generated_tokens").asInt(),
                number(node, "prefill_token_per_sec"),
                number(node, "decode_token_per_sec"),
                bytes(node.path("gpu_peak_usage_mb")));
        return seen.isOrdered() ? Optional.of(seen) : Optional.empty();
    }

    private boolean isOrdered() {
        return start > 0
                && promptEnd > start
                && firstToken >= promptEnd
                && end >= firstToken
                && steps >= 0
                && (steps == 0 || end > firstToken);
    }

    EnginePerf perf(int turn) {
        return new EnginePerf(
                turn,
                new EnginePerf.Phase(
                        OptionalDouble.of((promptEnd - start) / NANOS), OptionalInt.of(promptTokens), prefillRate),
                steps == 0
                        ? EnginePerf.Phase.NONE
                        : new EnginePerf.Phase(
                                OptionalDouble.of((end - promptEnd) / NANOS), OptionalInt.of(steps), decodeRate));
    }

    private static long nanos(JsonNode node, String key, double perSecond) {
        JsonNode value = node.path(key);
        long each = Math.round(NANOS / perSecond);
        return value.canConvertToLong() && value.longValue() > 0 && value.longValue() < Long.MAX_VALUE / each
                ? value.longValue() * each
                : 0;
    }

    private static OptionalDouble number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    private static OptionalLong bytes(JsonNode mebibytes) {
        return mebibytes.isNumber() && mebibytes.doubleValue() > 0
                ? OptionalLong.of(Math.round(mebibytes.doubleValue() * MEBIBYTE))
                : OptionalLong.empty();
    }
}
