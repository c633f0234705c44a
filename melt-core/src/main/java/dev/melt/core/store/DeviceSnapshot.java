package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a device said of itself before or after a run or one of its trials.
 *
 * @param trialId empty when it is about the whole run
 */
public record DeviceSnapshot(
        String runId, Optional<String> trialId, Moment moment, Instant takenAt, SortedMap<String, String> facts) {
    public DeviceSnapshot {
        requireNonNull(runId, "runId");
        requireNonNull(trialId, "trialId");
        requireNonNull(moment, "moment");
        requireNonNull(takenAt, "takenAt");
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public DeviceSnapshot(
            String runId, Optional<String> trialId, Moment moment, Instant takenAt, Map<String, String> facts) {
        this(runId, trialId, moment, takenAt, new TreeMap<>(facts));
    }

    /** On which side of the work it was taken. */
    public enum Moment {
        BEFORE,
        AFTER
    }
}
