package dev.melt.core.prepare;

import static dev.melt.core.prepare.WantedSetting.same;

import dev.melt.core.device.Control;
import dev.melt.core.device.Device;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.ExecResult;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.store.SettingChange;
import dev.melt.core.store.SettingsJournal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings one device into the state that a run wants. Every setting is read first, its old value is on the disk before it is changed,
 * and it is read again to see whether it took. May be done again after the link broke or the device restarted: what holds is left
 * alone. Used by one thread.
 */
public final class DevicePreparation {
    private final String runId;
    private final Device device;
    private final DeviceControls controls;
    private final SettingsJournal journal;
    private final Restarts restarts;
    private List<WantedSetting> wanted;
    private final Map<String, Optional<String>> before = new LinkedHashMap<>();
    private Map<String, SettingState> states = Map.of();

    public DevicePreparation(
            String runId,
            Device device,
            DeviceControls controls,
            SettingsJournal journal,
            List<WantedSetting> wanted,
            Restarts restarts) {
        this.runId = runId;
        this.device = device;
        this.controls = controls;
        this.journal = journal;
        this.wanted = List.copyOf(wanted);
        this.restarts = restarts;
    }

    /** From now on the device shall be like this; {@link #hold} sees to it. */
    public void want(List<WantedSetting> other) {
        wanted = List.copyOf(other);
    }

    /** Of some of the settings, those that do not have their value, each with its evidence. */
    public List<String> unmet(List<WantedSetting> some) {
        return states.values().stream()
                .filter(state -> some.contains(state.wanted()) && !state.took())
                .map(SettingState::evidence)
                .toList();
    }

    /**
     * Sees to it that every wanted setting has its value.
     *
     * @return those that were changed now
     */
    public List<SettingState> hold() {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<String, Optional<String>> found = read();
        found.forEach(before::putIfAbsent);
        Map<String, ExecResult> answers = new LinkedHashMap<>();
        for (WantedSetting setting : wanted) {
            if (mustBeSet(setting, found)) {
                answers.put(setting.name(), change(setting, found));
            }
        }
        Map<String, Optional<String>> now =
                answers.isEmpty() ? found : new SettledReading(this::read).until(reading -> !anyOpen(reading, answers));
        states = wanted.stream()
                .map(setting -> state(setting, now, answers))
                .collect(Collectors.toMap(
                        state -> state.wanted().name(), state -> state, (a, b) -> b, LinkedHashMap::new));
        return states.values().stream()
                .filter(state -> answers.containsKey(state.wanted().name()))
                .toList();
    }

    private Map<String, Optional<String>> read() {
        return controls.read(wanted.stream().map(WantedSetting::name).toList());
    }

    /** What cannot be read is set once. */
    private boolean mustBeSet(WantedSetting setting, Map<String, Optional<String>> found) {
        return found.containsKey(setting.name()) ? !isMet(setting, found) : !states.containsKey(setting.name());
    }

    private static boolean isMet(WantedSetting setting, Map<String, Optional<String>> found) {
        return found.getOrDefault(setting.name(), Optional.empty())
                .filter(setting::isMetBy)
                .isPresent();
    }

    private ExecResult change(WantedSetting setting, Map<String, Optional<String>> found) {
        Optional<String> old = found.containsKey(setting.name())
                ? found.get(setting.name())
                : control(setting).rest();
        if (found.containsKey(setting.name()) || old.isPresent()) {
            note(setting, old);
        }
        return restarts.set(controls, setting.name(), Optional.of(setting.value()));
    }

    /** Once in a run: when the device lost a setting meanwhile, what it had at first is still to be put back. */
    private void note(WantedSetting setting, Optional<String> old) {
        boolean noted = journal.pending().stream()
                .map(SettingsJournal.Entry::change)
                .anyMatch(change -> change.runId().equals(runId)
                        && change.deviceSerial().equals(device.serial())
                        && change.setting().equals(setting.name()));
        if (!noted) {
            journal.willChange(
                    new SettingChange(runId, device.name(), device.serial(), setting.name(), old, setting.value()));
        }
    }

    private Control control(WantedSetting setting) {
        return controls.all().stream()
                .filter(control -> control.name().equals(setting.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such control: " + setting.name()));
    }

    private boolean anyOpen(Map<String, Optional<String>> now, Map<String, ExecResult> answers) {
        return wanted.stream()
                .anyMatch(setting ->
                        answers.containsKey(setting.name()) && now.containsKey(setting.name()) && !isMet(setting, now));
    }

    private SettingState state(
            WantedSetting setting, Map<String, Optional<String>> now, Map<String, ExecResult> answers) {
        Optional<ExecResult> answer = Optional.ofNullable(answers.get(setting.name()));
        boolean readable = now.containsKey(setting.name());
        boolean earlier = Optional.ofNullable(states.get(setting.name()))
                .filter(SettingState::took)
                .isPresent();
        boolean took = readable
                ? isMet(setting, now)
                : answer.map(ExecResult::succeeded).orElse(earlier);
        String words = took ? "" : answer.map(ExecResult::words).orElse("");
        return new SettingState(
                setting,
                before.getOrDefault(setting.name(), Optional.empty()),
                now.getOrDefault(setting.name(), Optional.empty()),
                took,
                words);
    }

    /** Whether a setting took that changes how fast processors may run. */
    public boolean changesClocks() {
        return states.values().stream()
                .filter(SettingState::took)
                .map(SettingState::wanted)
                .anyMatch(setting -> control(setting).clocks());
    }

    /** Why figures that are taken now may not be quoted: settings that did not take. */
    public List<Warning> warnings() {
        return states.values().stream()
                .filter(state -> !state.took())
                .map(state -> new Warning(Validity.SETTINGS_NOT_APPLIED, state.evidence()))
                .toList();
    }

    /** As they are kept with the run: {@code setting/NAME} and, where another value was there before, {@code setting_before/NAME}. */
    public SortedMap<String, String> facts() {
        TreeMap<String, String> facts = new TreeMap<>();
        for (SettingState state : states.values()) {
            String name = state.wanted().name();
            facts.put(
                    "setting/" + name,
                    state.after().orElseGet(() -> state.took() ? state.wanted().value() : "unknown"));
            state.before()
                    .filter(old -> !same(old, facts.getOrDefault("setting/" + name, "")))
                    .ifPresent(old -> facts.put("setting_before/" + name, old));
        }
        return facts;
    }
}
