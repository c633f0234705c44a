package dev.melt.android.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import org.junit.jupiter.api.Test;

/** What is known of a device before anything runs on it. */
class DeviceFactsTest {
    private static AdbDevices devices(String text) throws UnknownOutputException {
        return AdbDevices.read(SourceText.of(text));
    }

    @Test
    void readsEveryStateAndTheDetailsBehindIt() throws UnknownOutputException {
        AdbDevices attached = devices(Saved.fixture("adb-devices"));

        assertThat(attached.devices())
                .extracting(AdbDevice::state)
                .containsExactly("device", "offline", "unauthorized", "no permissions");
        assertThat(attached.devices()).extracting(AdbDevice::link).containsExactly("usb", "tcp", "wireless", "usb");
        assertThat(attached.devices().get(0).details())
                .containsEntry("model", "Pixel_8_Pro")
                .containsEntry("usb", "3-2");
        assertThat(attached.devices().get(3).explanation())
                .hasValueSatisfying(why -> assertThat(why).contains("udev"));
        assertThat(attached.skipped()).isZero();
    }

    @Test
    void keepsBlanksInASerial() throws UnknownOutputException {
        assertThat(devices(Saved.fixture("adb-devices")).devices().get(2).serial())
                .isEqualTo("adb-39121FDJH0024X-Qw3rTy (3)._adb-tls-connect._tcp");
    }

    @Test
    void readsTheShortForm() throws UnknownOutputException {
        assertThat(devices("List of devices attached\nemulator-5554\tdevice\n\n")
                        .devices())
                .singleElement()
                .satisfies(device -> assertThat(device.isReady()).isTrue());
    }

    @Test
    void knowsThatNothingIsAttached() throws UnknownOutputException {
        assertThat(devices("List of devices attached\n\n").devices()).isEmpty();
    }

    @Test
    void keepsTheLinesOfAPropertyAndAnEmptyOne() throws UnknownOutputException {
        GetProp properties = GetProp.read(SourceText.of(Saved.fixture("getprop")));

        assertThat(properties.properties())
                .containsEntry("ro.product.model", "Pixel 8\nfor testing")
                .containsEntry("ro.soc.model", "");
        assertThat(properties.soc()).contains("zuma");
    }

    @Test
    void countsAPropertyWithoutItsEndOnce() throws UnknownOutputException {
        GetProp properties = GetProp.read(SourceText.of("[a]: [1\n[b]: [2]\n"));

        assertThat(properties.properties()).containsOnlyKeys("b");
        assertThat(properties.skipped()).isEqualTo(1);
    }

    @Test
    void refusesAPropertyThatIsCutOff() {
        assertThatThrownBy(() -> GetProp.read(SourceText.of("[a]: [1]\n[b]: [2")))
                .hasMessageContaining("it breaks off after '[b]: [2'");
    }
}
