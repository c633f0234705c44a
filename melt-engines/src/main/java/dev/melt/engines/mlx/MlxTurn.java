package dev.melt.engines.mlx;

import dev.melt.core.event.EnginePerf;
import dev.melt.engines.span.TurnSpans;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One prompt and its answer. MLX's clock of generation starts when the first token is there, and its rate counts that token
 * all the same: n tokens over n - 1 steps.
 *
 * @param prefillSeconds up to the first token; empty where neither time nor rate is told
 * @param decodeSeconds from the first token to the last
 * @param prefillRate as printed
 * @param decodeRate as printed
 */
record MlxTurn(
        int promptTokens,
        OptionalDouble prefillSeconds,
        int generated,
        OptionalDouble decodeSeconds,
        OptionalDouble prefillRate,
        OptionalDouble decodeRate) {

    /** Of rates alone, from which the times follow. */
    static MlxTurn ofRates(int promptTokens, OptionalDouble prefillRate, int generated, OptionalDouble decodeRate) {
        return new MlxTurn(
                promptTokens,
                seconds(promptTokens, prefillRate),
                generated,
                seconds(generated, decodeRate),
                prefillRate,
                decodeRate);
    }

    private static OptionalDouble seconds(int tokens, OptionalDouble rate) {
        return rate.isPresent() ? OptionalDouble.of(tokens / rate.getAsDouble()) : rate;
    }

    /** Whether it has the figures that make it a measurement. */
    boolean complete() {
        return promptTokens > 0 && generated > 0 && (generated == 1 ? prefillSeconds : decodeSeconds).isPresent();
    }

    TurnSpans spans() {
        boolean decoded = generated > 1 && decodeSeconds.isPresent();
        return new TurnSpans(
                OptionalInt.of(promptTokens),
                prefillSeconds,
                prefillSeconds,
                decoded ? OptionalInt.of(generated - 1) : OptionalInt.empty(),
                decoded ? decodeSeconds : OptionalDouble.empty(),
                generated,
                0);
    }

    EnginePerf perf(int turn) {
        return new EnginePerf(
                turn,
                new EnginePerf.Phase(prefillSeconds, OptionalInt.of(promptTokens), prefillRate),
                new EnginePerf.Phase(decodeSeconds, OptionalInt.of(generated), decodeRate));
    }
}
