package dev.melt.engines.genie;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What genie-t2t-run prints. Its block of key figures was printed by old versions only. Immutable. */
record GenieConsole(ConsoleText text) {
    private static final String TIME = NUMBER + "\\s*(us|ms|s)\\b";
    private static final Pattern VERSION = Pattern.compile("Using libGenie\\.so version\\s+(\\S+)");
    private static final Pattern LOAD = Pattern.compile("Init Time:\\s*" + TIME);
    private static final Pattern PREFILL = phase("Prompt Processing");
    private static final Pattern DECODE = phase("Token Generation");
    private static final Pattern ANSWER = Pattern.compile("\\[BEGIN\\]:(.*?)\\[END\\]", Pattern.DOTALL);
    private static final Map<String, Double> SECONDS = Map.of("us", 1e-6, "ms", 1e-3, "s", 1.0);

    private static Pattern phase(String name) {
        return Pattern.compile(
                name + " Time:\\s*" + TIME + "\\s*,\\s*" + name + " Rate\\s*:\\s*" + NUMBER + "\\s*toks/sec");
    }

    Optional<String> version() {
        return text.first(VERSION).map(found -> found.group(1));
    }

    Optional<String> answer() {
        return ANSWER.matcher(text.text())
                .results()
                .reduce((a, b) -> b)
                .map(found -> found.group(1).strip());
    }

    OptionalDouble loadSeconds() {
        return text.last(LOAD).map(GenieConsole::seconds).orElse(OptionalDouble.empty());
    }

    /** The block of key figures, which gives no counts: they follow from its rates and its times. */
    GenieQuery query() throws UnknownOutputException {
        Optional<MatchResult> prefill = text.last(PREFILL);
        Optional<MatchResult> decode = text.last(DECODE);
        if (prefill.isEmpty() || decode.isEmpty()) {
            throw new UnknownOutputException(
                    "genie" + version().map(v -> " " + v).orElse("")
                            + ": a profile or the lines Prompt Processing Time and Token Generation Time expected, "
                            + (prefill.isEmpty() && decode.isEmpty() ? "neither" : "one of the lines") + " found");
        }
        OptionalDouble prefillSeconds = seconds(prefill.get());
        OptionalDouble decodeSeconds = seconds(decode.get());
        OptionalDouble prefillRate = Numbers.positive(prefill.get().group(3));
        OptionalDouble decodeRate = Numbers.positive(decode.get().group(3));
        return new GenieQuery(
                tokens(prefillSeconds, prefillRate),
                prefillRate,
                prefillSeconds,
                tokens(decodeSeconds, decodeRate).orElse(0),
                decodeSeconds,
                decodeRate);
    }

    private static OptionalDouble seconds(MatchResult found) {
        OptionalDouble value = Numbers.positive(found.group(1));
        return value.isPresent()
                ? OptionalDouble.of(value.getAsDouble() * SECONDS.getOrDefault(found.group(2), 1.0))
                : value;
    }

    private static OptionalInt tokens(OptionalDouble seconds, OptionalDouble rate) {
        return seconds.isPresent() && rate.isPresent()
                ? GenieQuery.tokens(seconds.getAsDouble(), rate.getAsDouble())
                : OptionalInt.empty();
    }
}
