package dev.melt.cli.command.ops;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whose operators are shown together: a file, or a cell of a run. Two cells are never merged, for they are other models or
 * workloads.
 *
 * @param title for people
 * @param labels columns that tell it from others, in their order; the same keys for all subjects of one command
 */
record Subject(String title, Map<String, String> labels) {
    Subject {
        requireNonNull(title, "title");
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
