package dev.melt.engines.mnn;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One row of {@code llm_bench}: a prompt, an answer without one, or an answer behind a prompt. Tokens are synthetic, and none is
 * chosen but the first.
 *
 * @param loadSeconds mean over the loads that the program does before the test
 */
record BenchTest(
        int promptTokens,
        int generateTokens,
        Optional<Rate> prefill,
        Optional<Rate> decode,
        OptionalDouble loadSeconds) {
    /** Whether each phase that the test has was measured. */
    boolean isMeasured() {
        return promptTokens + generateTokens > 0
                && (promptTokens == 0 || prefill.isPresent())
                && (generateTokens == 0 || decode.isPresent());
    }

    void addTo(SpanLayout spans, EventLogBuilder log) {
        OptionalDouble prompt = seconds(prefill, promptTokens);
        OptionalDouble answer = seconds(decode, generateTokens);
        int turn = spans.turn(new TurnSpans(
                prompt.isPresent() ? OptionalInt.of(promptTokens) : OptionalInt.empty(),
                prompt,
                prompt.isPresent() && answer.isPresent() ? prompt : OptionalDouble.empty(),
                answer.isPresent() ? OptionalInt.of(generateTokens) : OptionalInt.empty(),
                answer,
                answer.isPresent() ? generateTokens : 0,
                0));
        if (prompt.isEmpty()) {
            prefill.ifPresent(rate -> log.add(StatedFigure.ofTurn("prefill_rate", turn, rate.mean())));
        }
        if (answer.isEmpty()) {
            decode.ifPresent(rate -> log.add(StatedFigure.ofTurn("decode_rate", turn, rate.mean())));
        }
        log.add(new EnginePerf(turn, phase(prefill, prompt, promptTokens), phase(decode, answer, generateTokens)));
    }

    private static OptionalDouble seconds(Optional<Rate> rate, int tokens) {
        return rate.map(r -> r.seconds(tokens)).orElse(OptionalDouble.empty());
    }

    private static EnginePerf.Phase phase(Optional<Rate> rate, OptionalDouble seconds, int tokens) {
        return new EnginePerf.Phase(
                seconds,
                seconds.isPresent() ? OptionalInt.of(tokens) : OptionalInt.empty(),
                rate.map(r -> OptionalDouble.of(r.mean())).orElse(OptionalDouble.empty()));
    }
}
