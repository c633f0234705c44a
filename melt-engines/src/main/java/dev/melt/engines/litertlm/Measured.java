package dev.melt.engines.litertlm;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One phase or both of a turn. All tokens come out of the passes of decoding: N tokens are N steps, and the time to the first is
 * that of the prompt and of the first step.
 *
 * @param prompt the prompt's phase
 * @param decode the phase behind it
 * @param firstToken seconds to the first token, where they are told for this turn
 */
record Measured(Phase prompt, Phase decode, OptionalDouble firstToken) {
    /**
     * What is told of one phase.
     *
     * @param tokens empty where only a rate is told
     * @param seconds as printed, else from tokens and rate
     * @param rate as printed
     */
    record Phase(OptionalInt tokens, OptionalDouble seconds, OptionalDouble rate) {
        static final Phase NONE = new Phase(OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty());

        /** Of a form of output that gives a rate, and elsewhere how many tokens there were. */
        static Phase of(OptionalInt tokens, OptionalDouble rate) {
            boolean both = tokens.orElse(0) > 0 && rate.isPresent();
            return new Phase(
                    both ? tokens : OptionalInt.empty(),
                    both ? OptionalDouble.of(tokens.getAsInt() / rate.getAsDouble()) : OptionalDouble.empty(),
                    rate);
        }

        boolean isTimed() {
            return tokens.orElse(0) > 0 && seconds.isPresent();
        }

        boolean isMeasured() {
            return isTimed() || rate.isPresent();
        }

        EnginePerf.Phase perf() {
            return new EnginePerf.Phase(seconds, tokens, rate);
        }
    }

    boolean isWhole() {
        return prompt.isMeasured() && decode.isMeasured();
    }

    void addTo(SpanLayout spans, EventLogBuilder log) {
        int steps = decode.isTimed() ? decode.tokens().getAsInt() : 0;
        boolean placed = prompt.isTimed() && steps > 0;
        int turn = spans.turn(new TurnSpans(
                prompt.isTimed() ? prompt.tokens() : OptionalInt.empty(),
                prompt.isTimed() ? prompt.seconds() : OptionalDouble.empty(),
                placed ? firstToken : OptionalDouble.empty(),
                steps > 0 ? OptionalInt.of(steps) : OptionalInt.empty(),
                steps > 0 ? decode.seconds() : OptionalDouble.empty(),
                steps,
                0));
        state("prefill_rate", prompt, turn, log);
        state("decode_rate", decode, turn, log);
        if (!placed) {
            firstToken.ifPresent(seconds -> log.add(StatedFigure.ofTurn("ttft", turn, seconds)));
        }
        log.add(new EnginePerf(turn, prompt.perf(), decode.perf()));
    }

    private static void state(String metric, Phase phase, int turn, EventLogBuilder log) {
        if (!phase.isTimed()) {
            phase.rate().ifPresent(rate -> log.add(StatedFigure.ofTurn(metric, turn, rate)));
        }
    }
}
