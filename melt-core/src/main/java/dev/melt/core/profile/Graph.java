package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * One evaluation of an execution graph: the place where calls of operators happened.
 *
 * @param origin tells graphs of several trials and turns apart; empty in a file, which is one sequence
 * @param index number of the evaluation within its origin and function, from 0
 * @param function of a compiled engine, such as {@code decode}; {@code graph} for engines that have no such names
 * @param tokens that went through it, where its shapes tell
 */
public record Graph(String origin, int index, String function, Stage stage, OptionalInt tokens) {
    /** The function of engines that build their graphs as they go. */
    public static final String UNNAMED = "graph";

    public Graph {
        requireNonNull(origin, "origin");
        requireNonNull(function, "function");
        requireNonNull(stage, "stage");
        requireNonNull(tokens, "tokens");
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, was " + index);
        }
    }
}
