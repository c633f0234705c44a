package dev.melt.core.workload;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One item of a set: contexts and continuations whose likelihoods decide it. Where one list has a single text, that one
 * goes with each of the other's.
 *
 * @param group such as the subject; empty where a set has none
 */
public record Item(String group, List<String> contexts, List<String> continuations, Grading grading) {
    public Item {
        requireNonNull(group, "group");
        requireNonNull(grading, "grading");
        contexts = List.copyOf(contexts);
        continuations = List.copyOf(continuations);
        int count = Math.max(contexts.size(), continuations.size());
        if (contexts.isEmpty()
                || continuations.isEmpty()
                || (contexts.size() != count && contexts.size() != 1)
                || (continuations.size() != count && continuations.size() != 1)) {
            throw new IllegalArgumentException(
                    contexts.size() + " contexts do not go with " + continuations.size() + " continuations");
        }
    }

    /** How many log-likelihoods it takes. */
    public int questions() {
        return Math.max(contexts.size(), continuations.size());
    }

    /** Bytes of its longest question, from which the context length is guessed. */
    long longestBytes() {
        return longest(contexts) + longest(continuations);
    }

    private static long longest(List<String> texts) {
        return texts.stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElseThrow();
    }
}
