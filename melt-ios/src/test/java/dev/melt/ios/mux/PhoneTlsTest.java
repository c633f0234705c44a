package dev.melt.ios.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException;
import dev.melt.ios.tool.IdeviceTool;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.ios.VirtualIphones;
import dev.melt.virtual.ios.mux.Usbmuxd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions by the keys of a pairing that the real idevicepair made, over both kinds of socket. */
class PhoneTlsTest {
    @TempDir
    Path folder;

    private static void pair(VirtualIphone phone) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.putAll(phone.environment());
        DebianPackage.require("libimobiledevice-utils", "idevicepair");
        new IdeviceTool(environment).run(Duration.ofSeconds(30), "idevicepair", "-u", phone.udid(), "pair");
    }

    @Test
    void speaksWithAPairedPhoneOverASocketOfTheFileSystem() throws IOException {
        try (VirtualIphone phone =
                VirtualIphones.start("iphone14pro", VirtualIphone.Options.PLAIN, folder.resolve("phone"))) {
            pair(phone);
            Path socket = Path.of("/tmp/melt-" + phone.usbmuxd().port() + ".sock");
            phone.usbmuxd().listenAt(socket);
            Usbmux usbmux = new Usbmux(UsbmuxAddress.of(Map.of(UsbmuxAddress.VARIABLE, "UNIX:" + socket)));

            assertThat(usbmux.devices()).singleElement().satisfies(one -> {
                assertThat(one.udid()).isEqualTo(phone.udid());
                assertThat(one.link()).isEqualTo("usb");
            });
            try (Lockdown lockdown = Lockdown.open(usbmux, phone.udid(), "test")) {
                assertThat(lockdown.value("ProductType")).hasToString("Optional[iPhone15,2]");
                assertThat(lockdown.value("NoSuchKey")).isEmpty();
                assertThatThrownBy(() -> lockdown.service("com.example.nothing"))
                        .isInstanceOf(LockdownException.class)
                        .satisfies(
                                e -> assertThat(((LockdownException) e).error()).isEqualTo("InvalidService"));
            }
        }
    }

    @Test
    void hangsUpOnAPhoneThatShowsAnotherKeyThanItWasPairedWith() throws IOException {
        try (Usbmuxd mux = new Usbmuxd(folder.resolve("mux"))) {
            String udid;
            try (VirtualIphone phone =
                    VirtualIphones.start("iphone14pro", VirtualIphone.Options.PLAIN, folder.resolve("phone"), mux)) {
                pair(phone);
                udid = phone.udid();
            }
            // the same phone by its name, with a new identity behind it that knows nothing of the pairing
            try (VirtualIphone impostor =
                    VirtualIphones.start("iphone14pro", VirtualIphone.Options.PLAIN, folder.resolve("other"), mux)) {
                assertThat(impostor.udid()).isEqualTo(udid);
                Usbmux usbmux = new Usbmux(UsbmuxAddress.of(impostor.environment()));
                assertThatThrownBy(() -> Lockdown.open(usbmux, udid, "test"))
                        .isInstanceOfAny(LockdownException.class, DeviceException.class);
            }
        }
    }
}
