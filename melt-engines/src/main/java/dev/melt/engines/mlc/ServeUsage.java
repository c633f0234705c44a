package dev.melt.engines.mlc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.event.EnginePerf;
import dev.melt.engines.span.TurnSpans;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The server's count of one answer. Its time to the first token is its prefill; its decoding tokens are the steps after; its
 * latency between tokens is the whole time over all tokens, prefill included, and is not used.
 *
 * @param prefillTokens that were evaluated; the rest of the prompt came from a cache
 */
record ServeUsage(
        int promptTokens,
        int generated,
        int prefillTokens,
        int decodeTokens,
        double firstTokenSeconds,
        double wholeSeconds,
        OptionalDouble prefillRate,
        OptionalDouble decodeRate) {

    /** Empty where the server gave no times of its own, or none above 0. */
    static Optional<ServeUsage> of(JsonNode usage) {
        JsonNode extra = usage.path("extra");
        ServeUsage read = new ServeUsage(
                extra.path("prompt_tokens").asInt(usage.path("prompt_tokens").asInt()),
                extra.path("completion_tokens")
                        .asInt(usage.path("completion_tokens").asInt()),
                extra.path("prefill_tokens").asInt(),
                extra.path("decode_tokens").asInt(),
                extra.path("ttft_s").asDouble(),
                extra.path("end_to_end_latency_s").asDouble(),
                rate(extra.path("prefill_tokens_per_s")),
                rate(extra.path("decode_tokens_per_s")));
        return read.firstTokenSeconds > 0 && read.wholeSeconds >= read.firstTokenSeconds && read.generated > 0
                ? Optional.of(read)
                : Optional.empty();
    }

    private static OptionalDouble rate(JsonNode node) {
        return node.asDouble() > 0 && Double.isFinite(node.asDouble())
                ? OptionalDouble.of(node.asDouble())
                : OptionalDouble.empty();
    }

    /** Prompt tokens that were taken from a cache. */
    int cachedTokens() {
        return Math.max(0, promptTokens - prefillTokens);
    }

    double decodeSeconds() {
        return wholeSeconds - firstTokenSeconds;
    }

    boolean decoded() {
        return decodeTokens > 0 && decodeSeconds() > 0;
    }

    TurnSpans spans() {
        return new TurnSpans(
                OptionalInt.of(prefillTokens),
                OptionalDouble.of(firstTokenSeconds),
                OptionalDouble.of(firstTokenSeconds),
                decoded() ? OptionalInt.of(decodeTokens) : OptionalInt.empty(),
                decoded() ? OptionalDouble.of(decodeSeconds()) : OptionalDouble.empty(),
                generated,
                cachedTokens());
    }

    EnginePerf perf(int turn) {
        return new EnginePerf(
                turn,
                new EnginePerf.Phase(OptionalDouble.of(firstTokenSeconds), OptionalInt.of(prefillTokens), prefillRate),
                new EnginePerf.Phase(
                        decoded() ? OptionalDouble.of(decodeSeconds()) : OptionalDouble.empty(),
                        OptionalInt.of(decodeTokens),
                        decodeRate));
    }
}
