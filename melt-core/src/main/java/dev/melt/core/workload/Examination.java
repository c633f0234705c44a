package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import dev.melt.core.problem.InvalidInputException;
import java.util.List;
import java.util.OptionalInt;

/** What a model is examined with, so that how good it is stands beside how fast it is. Nothing is generated. */
public sealed interface Examination {
    /** What its figures are called after: {@code accuracy/NAME/acc}. */
    String name();

    /**
     * Log-likelihoods of candidates. The questions of all items are numbered through, from 0.
     *
     * @param shots examples that stand before each question
     */
    record Choices(String name, int shots, List<Item> items) implements Examination {
        public Choices {
            requireNonNull(name, "name");
            items = List.copyOf(items);
            Limits.checkNotEmpty("items of " + name, items.size());
        }

        /** How many log-likelihoods are asked for. */
        public int questions() {
            return items.stream().mapToInt(Item::questions).sum();
        }
    }

    /**
     * How well a model foretells a text, window by window; each counts as a question.
     *
     * @param window tokens, of which the second half is scored
     * @param most windows at the most; empty for the whole text
     */
    record Prose(String name, String text, int window, OptionalInt most) implements Examination {
        private static final int MOST_CHARACTERS = 16_000_000;

        public Prose {
            requireNonNull(name, "name");
            requireNonNull(most, "most");
            Limits.check("characters of text " + name, text.length(), 1, MOST_CHARACTERS);
            Limits.check("tokens of a window", window, 32, Limits.MOST_TOKENS);
            if (text.indexOf('\0') >= 0) {
                throw new InvalidInputException(
                        "text " + name, "readable text needed", "a NUL character found", "take it out");
            }
        }
    }
}
