package dev.melt.core.workload;

import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One point of a token grid, in tokens; written {@code pp512-tg128@d4096}, {@code pp512} or {@code tg128}.
 *
 * @param depth tokens in the KV cache before the prompt
 */
public record Point(int promptTokens, int generate, int depth) {
    private static final Pattern FORM =
            Pattern.compile("(?:pp([0-9]{1,18}))?(-(?=.))?(?:tg([0-9]{1,18}))?(?:@d([0-9]{1,18}))?");

    public Point {
        Request.Tokens.check(promptTokens, generate, depth);
    }

    /** Reads the written form; empty when the text has another, refused when a number is out of bounds. */
    public static Optional<Point> parse(String text) {
        Matcher form = FORM.matcher(text);
        boolean both = form.matches() && form.group(1) != null && form.group(3) != null;
        boolean one = form.matches() && (form.group(1) == null) != (form.group(3) == null);
        if (!(both && form.group(2) != null) && !(one && form.group(2) == null)) {
            return Optional.empty();
        }
        return Optional.of(
                new Point(number(text, form.group(1)), number(text, form.group(3)), number(text, form.group(4))));
    }

    private static int number(String text, @Nullable String digits) {
        long number = digits == null ? 0 : Long.parseLong(digits);
        if (number > Limits.MOST_TOKENS) {
            throw new InvalidInputException(
                    text, "at most " + Limits.MOST_TOKENS + " tokens allowed", number + " found", "ask for less");
        }
        return (int) number;
    }

    Point at(int otherDepth) {
        return new Point(promptTokens, generate, otherDepth);
    }

    Conversation conversation(int id) {
        return new Conversation(id, false, List.of(new Request.Tokens(promptTokens, generate, depth)));
    }

    @Override
    public String toString() {
        String prompt = promptTokens == 0 ? "" : "pp" + promptTokens;
        String generated = generate == 0 ? "" : "tg" + generate;
        return prompt
                + (prompt.isEmpty() || generated.isEmpty() ? "" : "-")
                + generated
                + (depth == 0 ? "" : "@d" + depth);
    }
}
