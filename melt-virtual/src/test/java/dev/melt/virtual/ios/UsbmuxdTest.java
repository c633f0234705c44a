package dev.melt.virtual.ios;

import static dev.melt.virtual.ios.wire.Plists.dict;
import static org.assertj.core.api.Assertions.assertThat;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.wire.Plists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What hangs on one usbmuxd, as tools see it. */
class UsbmuxdTest extends WithIphones {
    @Test
    void listsPhonesByTheirIdentifiers() throws Exception {
        assertThat(tools.run("idevice_id", "-l")).isEqualTo(new RealIdevice.Said(0, "", ""));
        VirtualIphone one = start("iphone14pro", Options.PLAIN);
        VirtualIphone other = start("iphone7", Options.PLAIN.withSeed(2));

        assertThat(tools.out("idevice_id", "-l").lines()).containsExactlyInAnyOrder(one.udid(), other.udid());
        assertThat(tools.out("idevice_id")).contains(one.udid() + " (USB)\n");
        assertThat(tools.out("ideviceinfo", "-u", one.udid(), "-k", "ProductType"))
                .isEqualTo("iPhone15,2\n");
        assertThat(tools.out("ideviceinfo", "-u", other.udid(), "-k", "ProductType"))
                .isEqualTo("iPhone9,1\n");
        assertThat(one.udid()).hasSize(25).contains("FACADE");
        assertThat(other.udid()).hasSize(40);
    }

    @Test
    void listensAtASocketOfTheFileSystemToo() throws Exception {
        Path socket = Files.createTempDirectory("mux").resolve("s");
        try {
            usbmuxd.listenAt(socket);
            VirtualIphone phone = start(Options.PLAIN);
            RealIdevice there =
                    new RealIdevice(folder.resolve("t"), Map.of("USBMUXD_SOCKET_ADDRESS", "UNIX:" + socket));

            assertThat(there.out("idevice_id", "-l")).isEqualTo(phone.udid() + "\n");
            assertThat(there.out("idevicename")).isEqualTo("Virtual iPhone\n");
        } finally {
            usbmuxd.close();
            Files.delete(socket.getParent());
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withWords("plug off"));

        assertThat(tools.run("ideviceinfo")).isEqualTo(new RealIdevice.Said(255, "ERROR: No device found!\n", ""));
        assertThat(tools.run("ideviceinfo", "-u", phone.udid(), "-k", "ProductVersion"))
                .isEqualTo(new RealIdevice.Said(255, "ERROR: Device " + phone.udid() + " not found!\n", ""));
        assertThat(tools.run("ideviceinstaller", "-l")).isEqualTo(new RealIdevice.Said(255, "", "No device found.\n"));
        usbmuxd.close();
        assertThat(tools.run("idevice_id", "-l"))
                .isEqualTo(new RealIdevice.Said(255, "", "ERROR: Unable to retrieve device list!\n"));
    }

    @Test
    void tellsWhoListensOfWhatComesAndGoes() throws Exception {
        try (HostConnection listener = new HostConnection(usbmuxd)) {
            assertThat(listener.result(dict("MessageType", "Listen"))).isZero();
            VirtualIphone phone = startNew("iphone14pro", Options.PLAIN);
            NSDictionary attached = listener.event();
            tools.run("idevicepair", "pair");
            NSDictionary paired = listener.event();
            phone.plug(false);
            NSDictionary detached = listener.event();
            phone.plug(true);
            NSDictionary again = listener.event();

            assertThat(Plists.text(attached, "MessageType")).contains("Attached");
            assertThat(Plists.text(Plists.dictAt(attached, "Properties"), "SerialNumber"))
                    .contains(phone.udid());
            assertThat(Plists.text(paired, "MessageType")).contains("Paired");
            assertThat(Plists.text(detached, "MessageType")).contains("Detached");
            assertThat(Plists.number(detached, "DeviceID")).isEqualTo(Plists.number(attached, "DeviceID"));
            assertThat(Plists.number(again, "DeviceID")).isNotEqualTo(Plists.number(attached, "DeviceID"));
        }
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        start(Options.PLAIN);
        try (HostConnection host = new HostConnection(usbmuxd)) {
            assertThat(host.result(dict("MessageType", "Dance"))).isEqualTo(1);
            assertThat(host.result(dict("MessageType", "ReadPairRecord", "PairRecordID", "nobody")))
                    .isEqualTo(2);
            assertThat(host.connect(99, 62_078)).isEqualTo(2);
            assertThat(host.connect(3, 1)).isEqualTo(3);
            assertThat(host.connect(3, 62_078)).isZero();
            assertThat(Plists.text(host.ask(dict("Request", "QueryType")), "Type"))
                    .contains("com.apple.mobile.lockdown");
            assertThat(Plists.text(host.ask(dict("Request", "StartService", "Service", "com.apple.afc")), "Error"))
                    .contains("SessionInactive");
            assertThat(Plists.text(host.ask(dict("Request", "GetValue", "Key", "SerialNumber")), "Error"))
                    .contains("GetProhibited");
        }
    }
}
