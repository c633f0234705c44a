package dev.melt.core.prepare;

import dev.melt.core.device.Device;
import dev.melt.core.process.HostProcess;
import dev.melt.core.store.SettingChange;
import dev.melt.core.store.SettingsJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts a device's power over USB and gives it back. That it is cut stands in the journal before it is, with the command that gives
 * it back as the old value, so that the next start can. Used by one thread.
 */
public final class UsbSwitch {
    /** Its name in the journal, beside the settings of the device itself. */
    public static final String SETTING = "usb_power";

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final String runId;
    private final Device device;
    private final UsbPower power;
    private final SettingsJournal journal;
    private Optional<Long> entry = Optional.empty();

    public UsbSwitch(String runId, Device device, UsbPower power, SettingsJournal journal) {
        this.runId = runId;
        this.device = device;
        this.power = power;
        this.journal = journal;
    }

    /** Whether power is cut. */
    public boolean isOff() {
        return entry.isPresent();
    }

    /**
     * Cuts power.
     *
     * @return why it is not cut; empty when it is
     */
    public Optional<String> off() {
        if (isOff()) {
            return Optional.empty();
        }
        long noted = journal.willChange(new SettingChange(
                runId, device.name(), device.serial(), SETTING, Optional.of(power.on()), power.off()));
        entry = Optional.of(noted);
        Optional<String> failure = run(power.off(), device.name(), device.serial());
        if (failure.isPresent()) {
            on(); // it may have cut power all the same
        }
        return failure;
    }

    /**
     * Gives power back; does nothing when it is not cut.
     *
     * @return why it is not back; empty when it is
     */
    public Optional<String> on() {
        if (!isOff()) {
            return Optional.empty();
        }
        Optional<String> failure = run(power.on(), device.name(), device.serial());
        if (failure.isEmpty()) {
            journal.restored(entry.orElseThrow());
            entry = Optional.empty();
        }
        return failure;
    }

    /** Whether an entry of the journal is about power that was cut. */
    public static boolean isMeant(SettingsJournal.Entry entry) {
        return entry.change().setting().equals(SETTING);
    }

    /**
     * Gives back what another MELT cut and did not live to give back.
     *
     * @return why it is not back; empty when it is
     */
    public static Optional<String> giveBack(SettingsJournal.Entry entry, SettingsJournal journal) {
        SettingChange change = entry.change();
        Optional<String> failure = change.oldValue().flatMap(on -> run(on, change.device(), change.deviceSerial()));
        if (failure.isEmpty()) {
            journal.restored(entry.id());
        }
        return failure;
    }

    private static Optional<String> run(String command, String name, String serial) {
        HostProcess process = new HostProcess(
                List.of("/bin/sh", "-c", command),
                Map.of("MELT_DEVICE", name, "MELT_SERIAL", serial),
                Path.of("").toAbsolutePath(),
                LONGEST);
        try {
            HostProcess.Ended ended = process.run();
            return ended.exitCode() == 0
                    ? Optional.empty()
                    : Optional.of("'" + command + "' "
                            + (ended.timedOut() ? "did not end" : "ended with exit code " + ended.exitCode())
                            + ": " + ended.lastLines(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("'" + command + "' was interrupted");
        }
    }
}
