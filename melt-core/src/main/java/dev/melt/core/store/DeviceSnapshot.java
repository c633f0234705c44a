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
 * @param deviceSerial whose; empty in a run of a MELT that had one device a run
 * @param trialId empty when it is about the whole run
 */
public record DeviceSnapshot(
        String runId,
        Optional<String> deviceSerial,
        Optional<String> trialId,
        Moment moment,
        Instant takenAt,
        SortedMap<String, String> facts) {
    public DeviceSnapshot {
        requireNonNull(runId, "runId");
        requireNonNull(deviceSerial, "deviceSerial");
        requireNonNull(trialId, "trialId");
        requireNonNull(moment, "moment");
        requireNonNull(takenAt, "takenAt");
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Of a device on one side of a whole run. */
    public DeviceSnapshot(
            String runId, String deviceSerial, Moment moment, Instant takenAt, Map<String, String> facts) {
        this(runId, Optional.of(deviceSerial), Optional.empty(), moment, takenAt, new TreeMap<>(facts));
    }

    /** Whether it may be about the device with this serial. */
    public boolean isOf(String serial) {
        return deviceSerial.map(serial::equals).orElse(true);
    }

    /** On which side of the work it was taken. */
    public enum Moment {
        BEFORE,
        AFTER
    }
}
