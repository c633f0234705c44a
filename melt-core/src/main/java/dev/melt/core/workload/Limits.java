package dev.melt.core.workload;

import dev.melt.core.problem.InvalidInputException;
import java.util.Locale;

/** Bounds of what a workload may ask for; beyond them is a slip of the finger and not a benchmark. */
final class Limits {
    static final int MOST_TOKENS = 1_000_000;
    static final int MOST_TURNS = 1_000_000;
    static final int MOST_CHARACTERS = 400_000;

    private Limits() {}

    /** Refuses what is outside {@code least..most}, in words that a user can act on. */
    static void check(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new InvalidInputException(
                    what,
                    String.format(Locale.ROOT, "%d to %d needed", least, most),
                    value + " found",
                    value < least ? "ask for more" : "ask for less");
        }
    }

    static void checkNotEmpty(String what, int size) {
        if (size == 0) {
            throw new InvalidInputException(what, "at least one needed", "none found", "add one or leave it out");
        }
    }

    /** The complaint of workloads that already say how many tokens to generate. */
    static InvalidInputException fixedGenerate(String name, int tokens) {
        return new InvalidInputException(
                "workload '" + name + "'",
                "prompts of text needed to change the tokens to generate",
                "a number of tokens that is part of the name found",
                "leave the option out, or write tg" + tokens + " in the name");
    }
}
