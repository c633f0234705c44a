package dev.melt.engines.ortgenai;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.engines.text.Numbers;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One section of a benchmark's block: statistics over calls of one kind. Filled line by line by one thread. */
final class BenchmarkSection {
    private static final Pattern FIELD = Pattern.compile("\\b(avg|p50|stddev) \\((us|ms|tokens/s)\\):\\s*" + NUMBER);
    private static final Pattern COUNT = Pattern.compile("\\bn:\\s*([0-9]+)(?:\\s*\\*\\s*([0-9]+) token)?");
    private static final double MICROS = 1e-6;
    private static final double MILLIS = 1e-3;

    private final Map<String, String> fields = new HashMap<>();
    private OptionalInt calls = OptionalInt.empty();
    private OptionalInt tokensPerCall = OptionalInt.empty();

    void accept(String line) {
        Matcher field = FIELD.matcher(line);
        if (field.find()) {
            fields.put(field.group(1) + " " + field.group(2), field.group(3));
        }
        Matcher count = COUNT.matcher(line);
        if (count.find()) {
            calls = Numbers.count(count.group(1));
            tokensPerCall = count.group(2) == null ? OptionalInt.empty() : Numbers.count(count.group(2));
        }
    }

    /** A statistic of the time of one call. */
    OptionalDouble seconds(String statistic) {
        OptionalDouble micros = value(statistic + " us", MICROS);
        return micros.isPresent() ? micros : value(statistic + " ms", MILLIS);
    }

    OptionalDouble tokensPerSecond() {
        return value("avg tokens/s", 1);
    }

    OptionalInt calls() {
        return calls;
    }

    OptionalInt tokensPerCall() {
        return tokensPerCall;
    }

    /** Whether its average and its number of calls are there. */
    boolean complete() {
        return seconds("avg").isPresent() && calls.isPresent() && calls.getAsInt() > 0;
    }

    private OptionalDouble value(String key, double factor) {
        OptionalDouble value = Numbers.positive(fields.getOrDefault(key, ""));
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * factor) : value;
    }
}
