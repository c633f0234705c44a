package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdbDeviceTest {
    private static AdbDevice one(String line) {
        List<AdbDevice> found = AdbDevice.parse(line + "\n");
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void readsWhatFollowsTheState() {
        AdbDevice device =
                one("R58M123ABC             device usb:1-4.2 product:p3s model:SM_G998B device:p3s transport_id:7");
        assertThat(device.serial()).isEqualTo("R58M123ABC");
        assertThat(device.isReady()).isTrue();
        assertThat(device.word("model")).hasValue("SM_G998B");
        assertThat(device.word("usb")).hasValue("1-4.2");
    }

    @Test
    void keepsASerialWithBlanksAndParenthesesWhole() {
        assertThat(
                        one("adb-12ab34cd-QwErTy (3)._adb-tls-connect._tcp device product:husky model:Pixel_8_Pro transport_id:2")
                                .serial())
                .isEqualTo("adb-12ab34cd-QwErTy (3)._adb-tls-connect._tcp");
    }

    @Test
    void readsTheLongStateOfADeviceThatMayNotBeOpened() {
        AdbDevice device =
                one("0123456789ABCDEF       no permissions (user in plugdev group; are your udev rules wrong?); see"
                        + " [http://developer.android.com/tools/device.html] usb:3-1 transport_id:9");
        assertThat(device.state()).isEqualTo(AdbState.NO_PERMISSIONS);
        assertThat(device.serial()).isEqualTo("0123456789ABCDEF");
        assertThat(device.word("usb")).hasValue("3-1");
    }

    @ParameterizedTest
    @CsvSource({"unauthorized", "offline", "recovery", "bootloader", "sideload", "rescue", "authorizing", "connecting"})
    void saysForEachBadStateWhatToDo(String word) {
        AdbDevice device = one("SERIAL " + word);
        assertThat(device.state().word()).isEqualTo(word);
        assertThat(device.state().remedy()).isNotBlank();
    }

    @Test
    void leavesOutWhatIsNoDevice() {
        assertThat(AdbDevice.parse("List of devices attached\n* daemon started successfully\n\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.5:5555,true",
        "phone.lan:37251,true",
        "[fe80::1]:5555,true",
        "R58M123ABC,false",
        "adb-x._adb-tls-connect._tcp,false"
    })
    void knowsAnAddressFromASerial(String serial, boolean address) {
        assertThat(AdbDevice.isAddress(serial)).isEqualTo(address);
    }
}
