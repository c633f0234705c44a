package dev.melt.engines.genie;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.TurnSpans;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One prompt and its answer, as Genie counts. The prompt's time ends with its first token, and the time of generation begins
 * there; the generated tokens hold the first one all the same, so that n tokens are n - 1 steps. Genie's rates are 1 s over a
 * token's time in whole microseconds, the fraction cut off. Immutable.
 *
 * @param promptTokens empty where it cannot be told
 * @param prefillRate prompt tokens per second, as printed
 * @param generated tokens, the first included
 * @param decodeRate tokens per second, as printed; over n tokens, in new versions over n - 1
 */
record GenieQuery(
        OptionalInt promptTokens,
        OptionalDouble prefillRate,
        OptionalDouble firstTokenSeconds,
        int generated,
        OptionalDouble decodeSeconds,
        OptionalDouble decodeRate) {
    private static final double MICROS = 1e6;

    GenieQuery {
        requireNonNull(promptTokens, "promptTokens");
    }

    /** In METRICS' terms. */
    TurnSpans spans() throws UnknownOutputException {
        if (promptTokens.orElse(1) == 0 || prefillSeconds().isEmpty()) {
            throw new UnknownOutputException(
                    "genie: prompt tokens and their rate or time expected, none above 0 found");
        }
        if (generated == 0 || (generated > 1 && decodeSeconds.isEmpty())) {
            throw new UnknownOutputException("genie: generated tokens and their time expected, none above 0 found");
        }
        boolean decoded = generated > 1;
        return new TurnSpans(
                promptTokens,
                prefillSeconds(),
                firstTokenSeconds,
                decoded ? OptionalInt.of(generated - 1) : OptionalInt.empty(),
                decoded ? decodeSeconds : OptionalDouble.empty(),
                generated,
                0);
    }

    /** What Genie says itself. */
    EnginePerf perf(int turn) {
        return new EnginePerf(
                turn,
                new EnginePerf.Phase(prefillSeconds(), promptTokens, prefillRate),
                new EnginePerf.Phase(decodeSeconds, OptionalInt.of(generated), decodeRate));
    }

    /** The time to the first token, unless the rate says that more than the prompt is in it. */
    private OptionalDouble prefillSeconds() {
        if (prefillRate.isEmpty() || promptTokens.isEmpty() || promptTokens.getAsInt() == 0) {
            return firstTokenSeconds;
        }
        double byRate = promptTokens.getAsInt() / prefillRate.getAsDouble();
        boolean same = firstTokenSeconds.isPresent()
                && Math.abs(firstTokenSeconds.getAsDouble() - byRate) * MICROS < promptTokens.getAsInt();
        return same ? firstTokenSeconds : OptionalDouble.of(byRate);
    }

    /**
     * How many tokens a time and a rate are of. As the rate's fraction of a microsecond is cut off, short times of many tokens
     * leave more than one answer.
     *
     * @return empty where there is not exactly one
     */
    static OptionalInt tokens(double seconds, double rate) {
        double each = MICROS / rate;
        long whole = Math.round(each);
        double digits = each * 1e-6 / rate; // what the rate's last printed digit makes
        if (whole < 1 || Math.abs(each - whole) > 1e-3 + digits) {
            double count = seconds * rate;
            return Math.abs(count - Math.rint(count)) < 0.01
                    ? OptionalInt.of((int) Math.rint(count))
                    : OptionalInt.empty();
        }
        long total = Math.round(seconds * MICROS);
        long most = total / whole;
        long least = total / (whole + 1) + 1;
        return most == least && most < Integer.MAX_VALUE ? OptionalInt.of((int) most) : OptionalInt.empty();
    }
}
