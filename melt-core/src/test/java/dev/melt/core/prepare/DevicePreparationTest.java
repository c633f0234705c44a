package dev.melt.core.prepare;

import static dev.melt.core.prepare.FakeControls.control;
import static dev.melt.core.prepare.FakeControls.resting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.home.Home;
import dev.melt.core.outcome.Validity;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.Samples;
import dev.melt.core.store.SettingsJournal;
import dev.melt.core.store.SqliteRunStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Set, read again, written down, put back. */
class DevicePreparationTest {
    private static final Device PHONE = new Device("pixel8", Platform.ANDROID, "S1", false, Map.of());

    private final FakeControls device =
            new FakeControls(control("brightness", "10"), control("saver", "0"), resting("fixed", "false"));

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private RunStore store;

    @BeforeEach
    void open() {
        store = SqliteRunStore.open(Home.at(folder), Samples.NOON);
        device.values.put("brightness", Optional.of("102"));
        device.values.put("saver", Optional.of("0.0"));
        device.values.put("fixed", Optional.of("false"));
        device.silent.add("fixed");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DevicePreparation wanting(String... settings) {
        String run = store.createRun(Samples.run(1)).id();
        return new DevicePreparation(
                run,
                PHONE,
                device,
                store.settings(),
                List.of(settings).stream()
                        .map(one -> new WantedSetting(one.replaceFirst("=.*", ""), one.replaceFirst(".*=", "")))
                        .toList(),
                Restarts.NONE);
    }

    private List<String> pending() {
        return store.settings().pending().stream()
                .map(SettingsJournal.Entry::change)
                .map(change -> change.setting() + " " + change.oldValue().orElse("unset"))
                .toList();
    }

    private List<Optional<String>> restore() {
        return new SettingsRestoration(device, store.settings(), Restarts.NONE)
                .restore(store.settings().pending()).stream()
                        .map(SettingsRestoration.Restored::left)
                        .toList();
    }

    @Test
    void changesWhatIsNotAsWantedAndWritesDownWhatWasThere() {
        DevicePreparation preparation = wanting("brightness=10", "saver=0");

        assertThat(preparation.hold()).extracting(SettingState::toString).containsExactly("brightness 102 -> 10");

        assertThat(device.calls).containsExactly("brightness=10");
        assertThat(pending()).containsExactly("brightness 102");
        assertThat(preparation.warnings()).isEmpty();
        assertThat(preparation.facts())
                .containsEntry("setting/brightness", "10")
                .containsEntry("setting_before/brightness", "102")
                .containsEntry("setting/saver", "0.0")
                .doesNotContainKey("setting_before/saver");
    }

    @Test
    void saysOfASettingThatDoesNotTakeWhatTheDeviceSaid() {
        device.stubborn.add("brightness");
        DevicePreparation preparation = wanting("brightness=10");

        preparation.hold();

        assertThat(preparation.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.validity()).isEqualTo(Validity.SETTINGS_NOT_APPLIED);
            assertThat(warning.evidence()).contains("10 asked for, 102 found", "Permission denied");
        });
        assertThat(preparation.facts()).containsEntry("setting/brightness", "102");
    }

    @Test
    void setsAgainWhatTheDeviceLostAndKeepsTheFirstOldValue() {
        DevicePreparation preparation = wanting("brightness=10");
        preparation.hold();
        device.values.put("brightness", Optional.of("55"));

        assertThat(preparation.hold()).hasSize(1);

        assertThat(pending()).containsExactly("brightness 102");
        assertThat(restore()).containsExactly(Optional.empty());
        assertThat(device.values).containsEntry("brightness", Optional.of("102"));
    }

    @Test
    void believesTheAnswerOfASettingThatCannotBeReadAndPutsBackWhatItRestsAt() {
        DevicePreparation preparation = wanting("fixed=true");

        preparation.hold();
        preparation.hold();

        assertThat(device.calls).containsExactly("fixed=true");
        assertThat(preparation.facts()).containsEntry("setting/fixed", "true");
        assertThat(restore()).containsExactly(Optional.empty());
        assertThat(device.values).containsEntry("fixed", Optional.of("false"));
        assertThat(pending()).isEmpty();
    }

    @Test
    void makesUnsetWhatWasUnset() {
        device.values.put("brightness", Optional.empty());
        wanting("brightness=10").hold();

        assertThat(restore()).containsExactly(Optional.empty());

        assertThat(device.values).containsEntry("brightness", Optional.empty());
    }

    @Test
    void keepsInTheJournalWhatCannotBePutBack() {
        wanting("brightness=10", "saver=1").hold();
        device.stubborn.add("brightness");

        assertThat(restore())
                .satisfiesExactly(
                        saver -> assertThat(saver).isEmpty(),
                        brightness -> assertThat(brightness.orElseThrow()).contains("102 was there before, 10 is now"));

        assertThat(pending()).containsExactly("brightness 102");
    }

    @Test
    void touchesNothingThatIsBackAlready() {
        wanting("brightness=10").hold();
        device.values.put("brightness", Optional.of("102"));
        device.calls.clear();

        assertThat(restore()).containsExactly(Optional.empty());

        assertThat(device.calls).isEmpty();
        assertThat(pending()).isEmpty();
    }
}
