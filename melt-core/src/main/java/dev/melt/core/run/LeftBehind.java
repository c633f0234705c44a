package dev.melt.core.run;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.prepare.Restarts;
import dev.melt.core.prepare.SettingsRestoration;
import dev.melt.core.prepare.SettingsRestoration.Restored;
import dev.melt.core.prepare.UsbSwitch;
import dev.melt.core.store.SettingsJournal;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a MELT that was killed left changed on a device: put back before anything else is done with it. What another MELT that still
 * lives has changed is that one's to put back.
 */
public final class LeftBehind {
    private final SettingsJournal journal;
    private final String device;
    private final boolean mayRestart;
    private final RunProgress.Listener listener;

    /**
     * For one device.
     *
     * @param device its name as typed
     * @param mayRestart whether it may be restarted for what takes that
     */
    public LeftBehind(SettingsJournal journal, String device, boolean mayRestart, RunProgress.Listener listener) {
        this.journal = journal;
        this.device = device;
        this.mayRestart = mayRestart;
        this.listener = listener;
    }

    /** Gives power over USB back, without which the device may not be seen. To be called before it is opened. */
    public void powerUp() {
        for (SettingsJournal.Entry entry : orphans(UsbSwitch::isMeant)) {
            if (entry.change().device().equals(device)) {
                String failure = UsbSwitch.giveBack(entry, journal).orElse("");
                listener.happened(new RunProgress.UsbPowered(
                        device,
                        failure.isEmpty(),
                        failure.isEmpty() ? "given back after a MELT that was killed" : failure));
            }
        }
    }

    /** Puts the settings of the opened device back. */
    void restore(DeviceDriver driver, LinkPatience patience) {
        List<SettingsJournal.Entry> mine = of(driver);
        if (!mine.isEmpty()) {
            tell(patience.get(() -> restored(driver, of(driver))));
        }
    }

    /** The same for a person who waits for it: tries once. */
    public List<Restored> restore(DeviceDriver driver) {
        List<Restored> results = restored(driver, of(driver));
        tell(results);
        return results;
    }

    private List<Restored> restored(DeviceDriver driver, List<SettingsJournal.Entry> entries) {
        Restarts restarts = new Restarts(
                mayRestart,
                reason -> listener.happened(new RunProgress.Link(device, false, "it is restarted for " + reason)));
        return new SettingsRestoration(driver.controls(), journal, restarts).restore(entries);
    }

    private List<SettingsJournal.Entry> of(DeviceDriver driver) {
        String serial = driver.device().serial();
        return orphans(entry ->
                !UsbSwitch.isMeant(entry) && entry.change().deviceSerial().equals(serial));
    }

    private List<SettingsJournal.Entry> orphans(Predicate<SettingsJournal.Entry> wanted) {
        return journal.pending().stream()
                .filter(entry -> !entry.ownerAlive())
                .filter(wanted)
                .toList();
    }

    private void tell(List<Restored> results) {
        listener.happened(told(device, results));
    }

    static RunProgress.Restored told(String device, List<Restored> results) {
        List<String> left = results.stream()
                .flatMap(result -> result.left().map(why -> result.change().setting() + ": " + why).stream())
                .toList();
        return new RunProgress.Restored(device, results.size() - left.size(), left);
    }
}
