package dev.melt.core.prepare;

import dev.melt.core.device.Control;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.ExecResult;
import dev.melt.core.store.SettingChange;
import dev.melt.core.store.SettingsJournal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts back what the journal says was changed on a device, newest first, each read again to see whether it took. Used by one thread. */
public final class SettingsRestoration {

    private final DeviceControls controls;
    private final SettingsJournal journal;
    private final Set<String> known = new HashSet<>();

    public SettingsRestoration(DeviceControls controls, SettingsJournal journal) {
        this.controls = controls;
        this.journal = journal;
        controls.all().stream().map(Control::name).forEach(known::add);
    }

    /**
     * One setting that was to be put back.
     *
     * @param entry its number in the journal
     * @param left why it is not as it was; empty when it is
     */
    public record Restored(long entry, SettingChange change, Optional<String> left) {}

    /** Puts entries back, in the order in which {@link SettingsJournal#pending} gives them; what stays open stays in the journal. */
    public List<Restored> restore(List<SettingsJournal.Entry> entries) {
        List<Restored> results = new ArrayList<>();
        for (SettingsJournal.Entry entry : entries) {
            Optional<String> left = restore(entry.change());
            if (left.isEmpty()) {
                journal.restored(entry.id());
            }
            results.add(new Restored(entry.id(), entry.change(), left));
        }
        return results;
    }

    private Optional<String> restore(SettingChange change) {
        if (!known.contains(change.setting())) {
            return Optional.of("this device has no such setting now");
        }
        if (isAsBefore(change, read(change))) {
            return Optional.empty();
        }
        ExecResult answer = controls.set(change.setting(), change.oldValue());
        Map<String, Optional<String>> now = new SettledReading(() -> read(change))
                .until(reading -> !reading.containsKey(change.setting()) || isAsBefore(change, reading));
        boolean back = now.containsKey(change.setting()) ? isAsBefore(change, now) : answer.succeeded();
        return back ? Optional.empty() : Optional.of(reason(change, now, answer));
    }

    private Map<String, Optional<String>> read(SettingChange change) {
        return controls.read(List.of(change.setting()));
    }

    private static boolean isAsBefore(SettingChange change, Map<String, Optional<String>> now) {
        if (!now.containsKey(change.setting())) {
            return false;
        }
        Optional<String> found = now.get(change.setting());
        if (found.isEmpty() || change.oldValue().isEmpty()) {
            return found.isEmpty() && change.oldValue().isEmpty();
        }
        return WantedSetting.same(found.get(), change.oldValue().get());
    }

    private static String reason(SettingChange change, Map<String, Optional<String>> now, ExecResult answer) {
        return change.oldValue().orElse("no value") + " was there before, "
                + now.getOrDefault(change.setting(), Optional.empty()).orElse("no value") + " is now"
                + (answer.words().isEmpty() ? "" : " (" + answer.words() + ")");
    }
}
