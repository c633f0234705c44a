package dev.melt.core.profile;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

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

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Graph graph
                        && index == graph.index
                        && stage == graph.stage
                        && tokens.equals(graph.tokens)
                        && origin.equals(graph.origin)
                        && function.equals(graph.function));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * origin.hashCode() + function.hashCode()) + index;
    }
}
