package dev.melt.core.prepare;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.Control;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.ExecResult;
import dev.melt.core.store.SettingChange;
import dev.melt.core.store.SettingsJournal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts back what the journal says was changed on a device, newest first, each read again to see whether it took. Used by one thread. */
public final class SettingsRestoration {

    private final DeviceControls controls;
    private final SettingsJournal journal;
    private final Restarts restarts;
    private final Set<String> known = new HashSet<>();

    public SettingsRestoration(DeviceControls controls, SettingsJournal journal, Restarts restarts) {
        this.controls = controls;
        this.restarts = restarts;
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

    /**
     * Puts entries back, in the order in which {@link SettingsJournal#pending} gives them; what stays open stays in the journal. Of a
     * setting that was changed more than once the oldest value counts.
     */
    public List<Restored> restore(List<SettingsJournal.Entry> entries) {
        Map<String, SettingChange> oldest = new LinkedHashMap<>();
        entries.forEach(entry -> oldest.put(entry.change().setting(), entry.change()));
        Map<String, Optional<String>> found = controls.read(oldest.keySet());
        Map<String, ExecResult> answers = new HashMap<>();
        oldest.forEach((setting, change) -> {
            if (known.contains(setting) && !isAsBefore(change, found)) {
                answers.put(setting, restarts.set(controls, setting, change.oldValue()));
            }
        });
        Map<String, Optional<String>> now = answers.isEmpty()
                ? found
                : new SettledReading(() -> controls.read(oldest.keySet()))
                        .until(reading -> oldest.values().stream()
                                .filter(change -> reading.containsKey(change.setting()))
                                .allMatch(change -> isAsBefore(change, reading)));
        List<Restored> results = new ArrayList<>();
        for (SettingsJournal.Entry entry : entries) {
            SettingChange change = requireNonNull(oldest.get(entry.change().setting()));
            Optional<String> left = left(change, now, Optional.ofNullable(answers.get(change.setting())));
            if (left.isEmpty()) {
                journal.restored(entry.id());
            }
            results.add(new Restored(entry.id(), entry.change(), left));
        }
        return results;
    }

    private Optional<String> left(
            SettingChange change, Map<String, Optional<String>> now, Optional<ExecResult> answer) {
        if (!known.contains(change.setting())) {
            return Optional.of("this device has no such setting now");
        }
        boolean back = now.containsKey(change.setting())
                ? isAsBefore(change, now)
                : answer.map(ExecResult::succeeded).orElse(false);
        return back ? Optional.empty() : Optional.of(reason(change, now, answer));
    }

    private static boolean isAsBefore(SettingChange change, Map<String, Optional<String>> now) {
        if (!now.containsKey(change.setting())) {
            return false;
        }
        Optional<String> found = now.getOrDefault(change.setting(), Optional.empty());
        if (found.isEmpty() || change.oldValue().isEmpty()) {
            return found.isEmpty() && change.oldValue().isEmpty();
        }
        return WantedSetting.same(found.get(), change.oldValue().get());
    }

    private static String reason(SettingChange change, Map<String, Optional<String>> now, Optional<ExecResult> answer) {
        String said = answer.map(ExecResult::words).orElse("");
        return change.oldValue().orElse("no value") + " was there before, "
                + now.getOrDefault(change.setting(), Optional.empty()).orElse("no value") + " is now"
                + (said.isEmpty() ? "" : " (" + said + ")");
    }
}
