package dev.melt.core.metric;

import java.util.List;
import java.util.Set;

/**
 * The figures without which an engine has measured nothing. One that ends with exit code 0 and gives none of them did not do
 * its work.
 *
 * @param anyOf ids of which one must be there, above 0
 */
public record RequiredFigures(Set<String> anyOf) {
    /** Of an engine that was asked to read prompts and to write nothing. */
    public static final RequiredFigures OF_PROMPTS =
            new RequiredFigures(Set.of("prefill_rate", "prefill_rate_engine", "prefill_time", "ttft"));

    /** Of any other. An answer may end with its first token, so that there is no rate of decoding. */
    public static final RequiredFigures OF_ANSWERS = new RequiredFigures(Set.of(
            "prefill_rate",
            "prefill_rate_engine",
            "prefill_time",
            "ttft",
            "decode_rate",
            "decode_rate_engine",
            "decode_time",
            "turn_time"));

    public RequiredFigures {
        anyOf = Set.copyOf(anyOf);
    }

    /** Whether one of them is among these. */
    public boolean areIn(List<MetricValue> figures) {
        return figures.stream().anyMatch(figure -> anyOf.contains(figure.metric()) && figure.value() > 0);
    }
}
