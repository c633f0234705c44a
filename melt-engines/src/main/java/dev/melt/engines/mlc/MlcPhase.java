package dev.melt.engines.mlc;

import static dev.melt.engines.text.Numbers.NUMBER;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.event.EnginePerf;
import dev.melt.engines.text.Numbers;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What chat statistics say of one phase. Immutable.
 *
 * @param tokensPerSecond as printed
 * @param totalSeconds as printed, in the apps with one decimal only
 */
record MlcPhase(OptionalInt tokens, OptionalDouble tokensPerSecond, OptionalDouble totalSeconds) {
    private static final Pattern FIRST_NUMBER = Pattern.compile(NUMBER);

    /** From the texts with units of the statistics' JSON; the Python program writes other keys than the C++ one. */
    static MlcPhase of(JsonNode phase) {
        return new MlcPhase(
                count(phase.path("total tokens")
                        .asText(phase.path("total_tokens").asText())),
                number(phase.path("throughput").asText()),
                number(phase.path("total time").asText(phase.path("total_time").asText())));
    }

    static MlcPhase of(String tokens, String tokensPerSecond, String totalSeconds) {
        return new MlcPhase(count(tokens), number(tokensPerSecond), number(totalSeconds));
    }

    /** By the printed rate, which has more digits than the printed time. */
    OptionalDouble seconds() {
        return tokens.isPresent() && tokensPerSecond.isPresent()
                ? OptionalDouble.of(tokens.getAsInt() / tokensPerSecond.getAsDouble())
                : totalSeconds;
    }

    /** Whether a time can be told, and how many tokens it is of. */
    boolean measured() {
        return tokens.isPresent() && seconds().isPresent();
    }

    EnginePerf.Phase perf() {
        return new EnginePerf.Phase(measured() ? seconds() : OptionalDouble.empty(), tokens, tokensPerSecond);
    }

    private static OptionalInt count(String text) {
        OptionalDouble value = number(text);
        return value.isPresent() && value.getAsDouble() == Math.rint(value.getAsDouble()) && value.getAsDouble() < 1e9
                ? OptionalInt.of((int) value.getAsDouble())
                : OptionalInt.empty();
    }

    private static OptionalDouble number(String text) {
        Matcher number = FIRST_NUMBER.matcher(text);
        return number.find() ? Numbers.positive(number.group(1)) : OptionalDouble.empty();
    }
}
