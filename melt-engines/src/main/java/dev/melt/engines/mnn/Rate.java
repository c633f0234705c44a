package dev.melt.engines.mnn;

import dev.melt.engines.text.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens per second as {@code llm_bench} gives them: the mean over repetitions, with their standard deviation.
 *
 * @param mean positive
 * @param deviation 0 for a single repetition
 */
record Rate(double mean, double deviation) {
    private static final Pattern CELL = Pattern.compile(Numbers.NUMBER + "\\s*[^0-9\\s.,-]{1,3}\\s*" + Numbers.NUMBER);

    /**
     * The rates of a table's cell, such as {@code 5073.12 ± 8.61}: one, or two with a line end of HTML between. The sign may have
     * been lost on the way.
     */
    static List<Rate> of(String cell) {
        return Arrays.stream(cell.split("<br>", -1))
                .map(CELL::matcher)
                .filter(Matcher::find)
                .filter(match -> Numbers.positive(match.group(1)).isPresent())
                .map(match -> new Rate(
                        Numbers.positive(match.group(1)).getAsDouble(),
                        Numbers.real(match.group(2)).orElse(0)))
                .toList();
    }

    /** Of one repetition the time follows from the count; the mean of several rates has none. */
    OptionalDouble seconds(int tokens) {
        return deviation == 0 && tokens > 0 ? OptionalDouble.of(tokens / mean) : OptionalDouble.empty();
    }
}
