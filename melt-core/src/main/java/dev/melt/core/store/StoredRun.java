package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as the store knows it.
 *
 * @param id such as {@code 20261120-1906-k7q2}: minute of creation in UTC, then four drawn characters
 * @see NewRun for the other parts
 */
public record StoredRun(
        String id,
        Instant createdAt,
        RunState state,
        List<String> commandLine,
        String toolVersion,
        Optional<String> gitCommit,
        boolean gitDirty,
        long seed,
        String planJson,
        SortedMap<String, String> hostFacts) {
    public StoredRun {
        requireNonNull(id, "id");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(state, "state");
        commandLine = List.copyOf(commandLine);
        requireNonNull(toolVersion, "toolVersion");
        requireNonNull(gitCommit, "gitCommit");
        requireNonNull(planJson, "planJson");
        hostFacts = Collections.unmodifiableSortedMap(new TreeMap<>(hostFacts));
    }
}
