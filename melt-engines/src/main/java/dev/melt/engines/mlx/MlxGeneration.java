package dev.melt.engines.mlx;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The two lines that mlx_lm.generate prints after an answer, and those of the Swift tool, which say the times too and write
 * numbers with grouping.
 */
final class MlxGeneration {
    private static final Pattern PROMPT = Pattern.compile("Prompt:\\s+([0-9]+) tokens, " + NUMBER + " tokens-per-sec");
    private static final Pattern GENERATION =
            Pattern.compile("Generation:\\s+([0-9]+) tokens, " + NUMBER + " tokens-per-sec");
    private static final String GROUPED = "([0-9][0-9., \u00a0\u202f]*)";
    private static final String SWIFT = "\\s+([0-9]+) tokens, " + GROUPED + " tokens/s";
    private static final Pattern SWIFT_PROMPT = Pattern.compile("Prompt:" + SWIFT + "(?:, " + GROUPED + "s\\b)?");
    private static final Pattern SWIFT_GENERATION = Pattern.compile("Generation:" + SWIFT + ", " + GROUPED + "s\\b");

    private MlxGeneration() {}

    /** Empty for output of another program. */
    static Optional<MlxTurn> read(ConsoleText text) throws UnknownOutputException {
        Optional<MatchResult> prompt = text.last(PROMPT);
        Optional<MatchResult> generation = text.last(GENERATION);
        if (prompt.isPresent() && generation.isPresent()) {
            return Optional.of(MlxTurn.ofRates(
                    Numbers.count(prompt.get().group(1)).orElse(0),
                    Numbers.positive(prompt.get().group(2)),
                    Numbers.count(generation.get().group(1)).orElse(0),
                    Numbers.positive(generation.get().group(2))));
        }
        if (prompt.isPresent()) {
            throw new UnknownOutputException("mlx_lm.generate: a line 'Generation: .. tokens' expected, none found");
        }
        return swift(text);
    }

    private static Optional<MlxTurn> swift(ConsoleText text) throws UnknownOutputException {
        Optional<MatchResult> prompt = text.last(SWIFT_PROMPT);
        Optional<MatchResult> generation = text.last(SWIFT_GENERATION);
        if (prompt.isEmpty()) {
            return Optional.empty();
        }
        if (generation.isEmpty()) {
            throw new UnknownOutputException("mlx-swift: a line 'Generation: .. tokens, .., ..s' expected, none found");
        }
        int tokens = Numbers.count(prompt.get().group(1)).orElse(0);
        String seconds = Optional.ofNullable(prompt.get().group(3)).orElse("");
        return Optional.of(new MlxTurn(
                tokens,
                seconds.isEmpty() ? perToken(tokens, prompt.get().group(2)) : grouped(seconds),
                Numbers.count(generation.get().group(1)).orElse(0),
                grouped(generation.get().group(3)),
                OptionalDouble.empty(),
                OptionalDouble.empty()));
    }

    private static OptionalDouble perToken(int tokens, String rate) {
        OptionalDouble value = grouped(rate);
        return value.isPresent() ? OptionalDouble.of(tokens / value.getAsDouble()) : value;
    }

    /**
     * A number that may have separators of thousands. One separator with three digits after it can be read in two ways, and is
     * read in none; a second separator, or another number of digits, tells which is the decimal one.
     */
    static OptionalDouble grouped(String printed) {
        String number = printed.replaceAll("[ \u00a0\u202f]", "");
        int last = Math.max(number.lastIndexOf('.'), number.lastIndexOf(','));
        if (last < 0) {
            return Numbers.positive(number);
        }
        String whole = number.substring(0, last);
        boolean alone = whole.indexOf('.') < 0 && whole.indexOf(',') < 0;
        boolean same = whole.indexOf(number.charAt(last)) >= 0;
        int decimals = number.length() - last - 1;
        if (same) {
            return Numbers.positive(number.replaceAll("[.,]", ""));
        }
        if (alone && number.charAt(last) == ',' && decimals == 3 && !whole.equals("0")) {
            return OptionalDouble.empty();
        }
        return Numbers.positive(whole.replaceAll("[.,]", "") + "." + number.substring(last + 1));
    }
}
