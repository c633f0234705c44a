package dev.melt.core.run;

import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.FolderEntry;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.Placement;
import dev.melt.core.outcome.Warning;
import dev.melt.core.prepare.DevicePreparation;
import dev.melt.core.prepare.Restarts;
import dev.melt.core.prepare.SettingState;
import dev.melt.core.prepare.SettingsRestoration;
import dev.melt.core.prepare.UsbSwitch;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SettingsJournal;
import dev.melt.core.store.StoredRun;
import dev.melt.core.telemetry.TelemetryPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One device with everything that its trials need: the opened driver, what can be sampled there, where pushed files lie, and how it
 * was prepared. Used by one thread.
 */
final class Lane {
    /** A device that is away at the end of a run is not waited for long: the next start puts its settings back. */
    private static final Duration FAREWELL = Duration.ofSeconds(30);

    private final RunParts parts;
    private final StoredRun run;
    private final Protocol protocol;
    private final DeviceDriver driver;
    private final DeviceControls controls;
    private final Restarts restarts;
    private final DevicePreparation preparation;
    private final Optional<UsbSwitch> usb;
    private Device device;
    private Optional<TelemetryPlan> telemetry;
    private final Map<String, String> placed = new HashMap<>();
    private final Map<String, String> assembled = new HashMap<>();
    private boolean gone;
    private boolean clocksKnown;

    /** Puts the agent onto the device and finds out what can be sampled there. */
    Lane(RunParts parts, StoredRun run, Protocol protocol, DeviceDriver driver) {
        this.parts = parts;
        this.run = run;
        this.protocol = protocol;
        this.driver = driver;
        this.device = withFacts(
                driver.device(), parts.devices().profileFacts(driver.device().name()), Map.of());
        SettingsJournal journal = parts.store().settings();
        this.controls = driver.controls();
        this.restarts = new Restarts(protocol.mayRestart(), this::tellRestart);
        this.preparation = new DevicePreparation(run.id(), device, controls, journal, protocol.prepare(), restarts);
        this.usb = protocol.usbPower().map(power -> new UsbSwitch(run.id(), device, power, journal));
        driver.agent().install();
        this.telemetry = Optional.of(driver.telemetry());
    }

    private void tellRestart(String reason) {
        listener().happened(new RunProgress.Link(device.name(), false, "it is restarted for " + reason));
    }

    /** From now on the device shall be as a cell wants it; {@link #hold} sees to it. */
    void want(Cell cell) {
        preparation.want(cell.preparedOver(protocol.prepare()));
    }

    /** What a cell wants for itself and the device does not have, each with its evidence. */
    List<String> unmet(Cell cell) {
        return preparation.unmet(cell.prepare());
    }

    /** Sees to it that the device is as the run wants it; cheap where it is. */
    void hold() {
        List<SettingState> changed = preparation.hold();
        if (!changed.isEmpty()) {
            listener()
                    .happened(new RunProgress.Prepared(
                            device.name(),
                            changed.stream()
                                    .filter(SettingState::took)
                                    .map(SettingState::toString)
                                    .toList(),
                            changed.stream()
                                    .filter(state -> !state.took())
                                    .map(SettingState::toString)
                                    .toList()));
        }
        if ((!changed.isEmpty() || !clocksKnown) && preparation.changesClocks()) {
            clocksKnown = true;
            learnAnew();
            device = withFacts(device, Map.of(), fullSpeed());
        }
    }

    /** What processors may run at now is what the run asked for, and only less than that is throttling. */
    private Map<String, String> fullSpeed() {
        Map<String, String> facts = new HashMap<>();
        driver.agent().observe(Duration.ZERO).values().forEach((channel, hertz) -> {
            if (channel.quantity().equals("frequency_cap")) {
                facts.put("max_frequency_hz/" + channel.site(), Long.toString(Math.round(hertz)));
            }
        });
        return facts;
    }

    /** What speaks against figures because of how the device is set. */
    List<Warning> settingWarnings() {
        return preparation.warnings();
    }

    /** Leaves the device as it was found; what cannot be put back now stays in the journal, and is told. */
    void putBack() {
        usb.ifPresent(power -> tellPower(power, power.on()));
        List<SettingsJournal.Entry> mine = ownEntries();
        if (mine.isEmpty()) {
            return;
        }
        try {
            Duration patient = gone ? Duration.ZERO : FAREWELL;
            LinkPatience patience = LinkPatience.telling(device.name(), patient, stop(), listener(), this::learnAnew);
            listener().happened(LeftBehind.told(device.name(), patience.get(this::restored)));
        } catch (DeviceException away) {
            listener()
                    .happened(new RunProgress.Restored(
                            device.name(),
                            0,
                            List.of(ownEntries().size() + " settings are still changed: " + away.getMessage()
                                    + "; put them back with: melt restore " + device.name())));
        }
    }

    private List<SettingsRestoration.Restored> restored() {
        return new SettingsRestoration(controls, store().settings(), restarts).restore(ownEntries());
    }

    private List<SettingsJournal.Entry> ownEntries() {
        return store().settings().pending().stream()
                .filter(entry -> entry.change().runId().equals(run.id())
                        && entry.change().deviceSerial().equals(device.serial())
                        && !UsbSwitch.isMeant(entry))
                .toList();
    }

    /** How power over USB is cut while an engine works; empty where it stays. */
    Optional<UsbSwitch> usb() {
        return usb;
    }

    /** Says what came of cutting power or giving it back. */
    void tellPower(UsbSwitch power, Optional<String> failure) {
        listener().happened(new RunProgress.UsbPowered(device.name(), !power.isOff(), failure.orElse("")));
    }

    /** The device stayed away for too long: no other trial is begun. */
    void giveUp() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    StoredRun run() {
        return run;
    }

    Protocol protocol() {
        return protocol;
    }

    DeviceDriver driver() {
        return driver;
    }

    private static Device withFacts(Device device, Map<String, String> under, Map<String, String> over) {
        Map<String, String> facts = new HashMap<>(under);
        facts.putAll(device.facts());
        facts.putAll(over);
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
        facts.putAll(preparation.facts());
        return facts;
    }

    EngineAdapter adapter(Cell cell) {
        return parts.engines().named(cell.engine());
    }

    /** The build that a cell was planned with. */
    Bundle bundle(Cell cell) {
        return parts.engines().bundle(adapter(cell), device, Optional.of(cell.bundleSha256()));
    }

    RunStore store() {
        return parts.store();
    }

    StopSignal stop() {
        return parts.stop();
    }

    RunProgress.Listener listener() {
        return parts.listener();
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
                                (done, total) -> listener()
                                        .happened(new RunProgress.Pushing(
                                                file.getFileName().toString(), done, total))));
    }
}
