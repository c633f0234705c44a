package dev.melt.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.home.Home;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.Samples;
import dev.melt.core.store.SqliteRunStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsbSwitchTest {
    private static final Device PHONE = new Device("pixel8", Platform.ANDROID, "S1", false, Map.of());

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private RunStore store;

    @BeforeEach
    void open() {
        store = SqliteRunStore.open(Home.at(folder.resolve("home")), Samples.NOON);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private UsbSwitch usb(String off, String on) {
        return new UsbSwitch(store.createRun(Samples.run(1)).id(), PHONE, new UsbPower(off, on), store.settings());
    }

    @Test
    void tellsTheCommandsWhichDeviceIsMeantAndWritesDownHowPowerComesBack() throws Exception {
        Path port = folder.resolve("port");
        UsbSwitch usb = usb("echo off $MELT_DEVICE $MELT_SERIAL >" + port, "echo on >" + port);

        assertThat(usb.off()).isEmpty();

        assertThat(usb.isOff()).isTrue();
        assertThat(Files.readString(port)).isEqualTo("off pixel8 S1\n");
        assertThat(store.settings().pending()).singleElement().satisfies(entry -> {
            assertThat(UsbSwitch.isMeant(entry)).isTrue();
            assertThat(entry.change().oldValue()).hasValue("echo on >" + port);
        });

        assertThat(usb.on()).isEmpty();
        assertThat(Files.readString(port)).isEqualTo("on\n");
        assertThat(store.settings().pending()).isEmpty();
    }

    @Test
    void givesPowerBackWhenTheCommandThatCutsItFails() throws Exception {
        Path port = folder.resolve("port");
        UsbSwitch usb = usb("echo no such hub; exit 3", "echo on >" + port);

        assertThat(usb.off().orElseThrow()).contains("exit code 3", "no such hub");

        assertThat(usb.isOff()).isFalse();
        assertThat(Files.readString(port)).isEqualTo("on\n");
    }

    @Test
    void staysInTheJournalUntilPowerIsBack() {
        UsbSwitch usb = usb("true", "exit 1");
        usb.off();

        assertThat(usb.on()).isPresent();

        assertThat(usb.isOff()).isTrue();
        assertThat(store.settings().pending())
                .singleElement()
                .satisfies(entry ->
                        assertThat(UsbSwitch.giveBack(entry, store.settings())).isPresent());
    }

    @Test
    void takesNoHalfOfThePair() {
        assertThatThrownBy(() -> new UsbPower("off", " "))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--usb-on");
    }
}
