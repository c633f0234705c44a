package dev.melt.core.event;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * An engine's own timing of one turn, counted as that engine counts, kept beside MELT's figures and never mixed with them.
 */
public record EnginePerf(int turn, Phase prefill, Phase decode) {
    public EnginePerf {
        requireNonNull(prefill, "prefill");
        requireNonNull(decode, "decode");
    }

    /** Of an engine that gives times and counts, in seconds and in tokens. */
    public EnginePerf(int turn, double prefillSeconds, int prefillTokens, double decodeSeconds, int decodeTokens) {
        this(turn, Phase.of(prefillSeconds, prefillTokens), Phase.of(decodeSeconds, decodeTokens));
    }

    /**
     * What an engine says of one phase.
     *
     * @param seconds time that it says it spent; positive and finite where present
     * @param tokens that it counts in that time; positive where present
     * @param printedRate tokens per second as it prints them; empty where it prints none
     */
    public record Phase(OptionalDouble seconds, OptionalInt tokens, OptionalDouble printedRate) {
        /** Of an engine that is silent about a phase. */
        public static final Phase NONE = new Phase(OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.empty());

        public Phase {
            seconds = positive(seconds);
            tokens = tokens.isPresent() && tokens.getAsInt() > 0 ? tokens : OptionalInt.empty();
            printedRate = positive(printedRate);
        }

        /** Of an engine that gives a time and a count. */
        public static Phase of(double seconds, int tokens) {
            return new Phase(OptionalDouble.of(seconds), OptionalInt.of(tokens), OptionalDouble.empty());
        }

        /** Of an engine that gives nothing but a rate. */
        public static Phase ofRate(double tokensPerSecond) {
            return new Phase(OptionalDouble.empty(), OptionalInt.empty(), OptionalDouble.of(tokensPerSecond));
        }

        /** Tokens per second: as printed, else count by time. */
        public OptionalDouble rate() {
            return printedRate.isPresent() || seconds.isEmpty() || tokens.isEmpty()
                    ? printedRate
                    : OptionalDouble.of(tokens.getAsInt() / seconds.getAsDouble());
        }

        /** An engine's 0, NaN and infinity mean that it measured nothing. */
        private static OptionalDouble positive(OptionalDouble value) {
            return value.isPresent() && Double.isFinite(value.getAsDouble()) && value.getAsDouble() > 0
                    ? value
                    : OptionalDouble.empty();
        }
    }
}
