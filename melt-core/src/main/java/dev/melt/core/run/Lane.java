package dev.melt.core.run;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.Placement;
import dev.melt.core.store.RunStore;
import dev.melt.core.telemetry.TelemetryPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One device with everything that its trials need: the opened driver, what can be sampled there, and where pushed files
 * lie. Used by one thread.
 */
final class Lane {
    private final DeviceDriver driver;
    private final Device device;
    private final Engines engines;
    private final RunStore store;
    private final StopSignal stop;
    private final RunProgress.Listener listener;
    private Optional<TelemetryPlan> telemetry;
    private final Map<String, String> placed = new HashMap<>();
    private final Map<String, String> assembled = new HashMap<>();

    /** Puts the agent onto the device and finds out what can be sampled there. */
    Lane(
            DeviceDriver driver,
            Map<String, String> profileFacts,
            Engines engines,
            RunStore store,
            StopSignal stop,
            RunProgress.Listener listener) {
        this.driver = driver;
        this.device = withFacts(driver.device(), profileFacts);
        this.engines = engines;
        this.store = store;
        this.stop = stop;
        this.listener = listener;
        driver.agent().install();
        this.telemetry = Optional.of(driver.telemetry());
    }

    DeviceDriver driver() {
        return driver;
    }

    private static Device withFacts(Device device, Map<String, String> more) {
        Map<String, String> facts = new HashMap<>(more);
        facts.putAll(device.facts());
        return new Device(device.name(), device.platform(), device.serial(), device.virtual(), facts);
    }

    /** The device, with what its profile adds to its facts. */
    Device device() {
        return device;
    }

    /** The device's facts, and what it cannot measure with the reasons. */
    Map<String, String> snapshotFacts() {
        Map<String, String> facts = new HashMap<>(device.facts());
        telemetry().absent().forEach(absent -> facts.put("absent/" + absent.quantity(), absent.reason()));
        return facts;
    }

    EngineAdapter adapter(Cell cell) {
        return engines.named(cell.engine());
    }

    /** The build that a cell was planned with. */
    Bundle bundle(Cell cell) {
        return engines.bundle(adapter(cell), device, Optional.of(cell.bundleSha256()));
    }

    RunStore store() {
        return store;
    }

    StopSignal stop() {
        return stop;
    }

    RunProgress.Listener listener() {
        return listener;
    }

    /** What can be sampled there, as it was found out last. */
    TelemetryPlan telemetry() {
        TelemetryPlan plan = telemetry.orElseGet(driver::telemetry);
        telemetry = Optional.of(plan);
        return plan;
    }

    /** The device was away, or restarts: its sensors may have other numbers afterwards. */
    void learnAnew() {
        telemetry = Optional.empty();
    }

    /** Brings a cell's models and bundle onto the device, each at most once. */
    Placement place(Cell cell) {
        String folder = assembled.computeIfAbsent(cell.bundleSha256(), hash -> assemble(hash, bundle(cell)));
        return new Placement(
                store(cell.model().path(), cell.model().digest()),
                folder,
                cell.base().map(base -> store(base.path(), base.digest())));
    }

    /** A file that a bundle has under several names is pushed once. */
    private String assemble(String sha256, Bundle bundle) {
        if (bundle.files().isEmpty()) { // a program that is on the device already
            return "";
        }
        List<FolderEntry> entries = new ArrayList<>();
        for (Bundle.BundleFile file : bundle.files()) {
            String path = store(file.path(), file.sha256());
            entries.add(new FolderEntry(
                    file.name(), file.sha256(), path.substring(path.lastIndexOf('/') + 1), file.executable()));
        }
        return driver.agent().assemble(sha256, entries);
    }

    private String store(Path file, String sha256) {
        return placed.computeIfAbsent(
                sha256,
                hash -> driver.agent()
                        .store(
                                file,
                                hash,
                                (done, total) -> listener.happened(new RunProgress.Pushing(
                                        file.getFileName().toString(), done, total))));
    }
}
