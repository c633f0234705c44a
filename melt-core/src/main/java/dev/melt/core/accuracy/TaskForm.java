package dev.melt.core.accuracy;

import dev.melt.core.workload.Item;
import java.util.Optional;

/** How the rows of a data set become questions: character by character as lm-evaluation-harness asks them. Stateless. */
interface TaskForm {
    /**
     * The questions of a row.
     *
     * @param before what stands in front of each of its contexts: description, preamble and examples
     */
    Item item(DataRow row, String before);

    /** A row with its right answer, as an example in front of others; empty where the harness has no examples. */
    default Optional<String> example(DataRow row) {
        return Optional.empty();
    }

    /** What the harness says before all examples. */
    default String description(DataRow row) {
        return "";
    }

    /** What rows are reported apart by, and take examples from; empty where there is one group only. */
    default String group(DataRow row) {
        return "";
    }

    /** Whether a text that is no row stands in front of every question. */
    default boolean hasPreamble() {
        return false;
    }
}
