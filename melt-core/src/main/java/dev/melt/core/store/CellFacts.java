package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Platform;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One point of a run's matrix, flat, as tables show it.
 *
 * @param fingerprint hash of everything that can change a number
 * @param deviceSerial tells the device from its twins; exported as a pseudonym
 * @param modelSha256 lower-case hex; empty where the file was never read
 * @param settings that were asked of the engine, by key
 * @param specJson whatever the runner needs to run the cell again
 */
public record CellFacts(
        String fingerprint,
        String device,
        String deviceSerial,
        Platform platform,
        boolean deviceVirtual,
        String model,
        Optional<String> modelSha256,
        boolean modelSynthetic,
        String engine,
        String bundle,
        String workload,
        SortedMap<String, String> settings,
        String specJson) {
    public CellFacts {
        requireNonNull(fingerprint, "fingerprint");
        requireNonNull(device, "device");
        requireNonNull(deviceSerial, "deviceSerial");
        requireNonNull(platform, "platform");
        requireNonNull(model, "model");
        requireNonNull(modelSha256, "modelSha256");
        requireNonNull(engine, "engine");
        requireNonNull(bundle, "bundle");
        requireNonNull(workload, "workload");
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        requireNonNull(specJson, "specJson");
    }
}
