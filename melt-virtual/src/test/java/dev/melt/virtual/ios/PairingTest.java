package dev.melt.virtual.ios;

import static org.assertj.core.api.Assertions.assertThat;

import com.dd.plist.NSData;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.service.TlsUse;
import dev.melt.virtual.ios.wire.Plists;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a phone trusts, and what tools say when it does not. */
class PairingTest extends WithIphones {
    @Test
    void trustsWhoAsks() throws Exception {
        VirtualIphone phone = startNew("iphone14pro", Options.PLAIN);

        assertThat(tools.run("idevicepair", "pair"))
                .isEqualTo(new RealIdevice.Said(0, "SUCCESS: Paired with device " + phone.udid() + "\n", ""));
        assertThat(tools.run("idevicepair", "validate"))
                .isEqualTo(
                        new RealIdevice.Said(0, "SUCCESS: Validated pairing with device " + phone.udid() + "\n", ""));
        assertThat(tools.out("ideviceinfo", "-k", "ProductVersion")).isEqualTo("16.5\n");
        assertThat(tools.out("idevicepair", "unpair"))
                .isEqualTo("SUCCESS: Unpaired with device " + phone.udid() + "\n");
        assertThat(usbmuxd.pairRecord(phone.udid())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TlsUse.class)
    void asksForTlsWhereItIsToldTo(TlsUse tls) throws Exception {
        start(Options.PLAIN.withTls(tls));

        assertThat(tools.out("idevicediagnostics", "diagnostics", "GasGauge")).contains("DesignCapacity");
    }

    @Test
    void waitsForThePerson() throws Exception {
        VirtualIphone phone = startNew("iphone14pro", Options.PLAIN.withWords("trust pending"));

        assertThat(tools.run("ideviceinfo", "-k", "ProductVersion"))
                .isEqualTo(new RealIdevice.Said(
                        255, "", "ERROR: Could not connect to lockdownd: Pairing dialog response pending (-19)\n"));
        assertThat(tools.run("idevicepair", "validate"))
                .isEqualTo(new RealIdevice.Said(
                        1,
                        "ERROR: Please accept the trust dialog on the screen of device " + phone.udid()
                                + ", then attempt to pair again.\n",
                        ""));
        remote(phone, "trust accepted");
        assertThat(tools.out("ideviceinfo", "-k", "ProductVersion")).isEqualTo("16.5\n");
    }

    @Test
    void takesNoForAnAnswer() throws Exception {
        VirtualIphone phone = startNew("iphone14pro", Options.PLAIN.withWords("trust denied"));

        assertThat(tools.run("ideviceinfo", "-k", "ProductVersion"))
                .isEqualTo(new RealIdevice.Said(
                        255, "", "ERROR: Could not connect to lockdownd: User denied pairing (-18)\n"));
        assertThat(tools.run("idevicepair", "validate"))
                .isEqualTo(new RealIdevice.Said(
                        1, "ERROR: Device " + phone.udid() + " said that the user denied the trust dialog.\n", ""));
    }

    @Test
    void nothingBeginsWithAHostThatItHasForgotten() throws Exception {
        remote(start(Options.PLAIN), "unpair");

        assertThat(tools.run("idevicediagnostics", "ioregentry", "AppleSmartBattery"))
                .isEqualTo(new RealIdevice.Said(1, "ERROR: Could not connect to lockdownd, error code -21\n", ""));
        assertThat(tools.run("ideviceinstaller", "-l"))
                .isEqualTo(new RealIdevice.Said(255, "", "Could not connect to lockdownd. Exiting.\n"));
        assertThat(tools.run("idevicedebug", "run", "org.melt.bench"))
                .isEqualTo(new RealIdevice.Said(255, "", "Could not start installation proxy service.\n"));
    }

    @Test
    void forgetsHosts() throws Exception {
        VirtualIphone phone = start(Options.PLAIN);
        remote(phone, "unpair");

        assertThat(tools.run("ideviceinfo", "-k", "ProductVersion"))
                .isEqualTo(
                        new RealIdevice.Said(255, "", "ERROR: Could not connect to lockdownd: Invalid HostID (-21)\n"));
        assertThat(tools.out("idevicepair", "validate"))
                .isEqualTo("ERROR: Device " + phone.udid() + " is not paired with this host\n");
    }

    @Test
    void nothingBeginsBeforeThePasscodeWasEntered() throws Exception {
        VirtualIphone phone = start(Options.PLAIN.withWords("lock boot"));

        assertThat(tools.run("ideviceinfo", "-k", "ProductVersion").err())
                .isEqualTo("ERROR: Could not connect to lockdownd: Password protected (-17)\n");
        assertThat(tools.out("idevicepair", "validate"))
                .isEqualTo("ERROR: Could not validate with device " + phone.udid()
                        + " because a passcode is set. Please enter the passcode on the device and retry.\n");
        remote(phone, "lock screen");
        assertThat(tools.out("ideviceinfo", "-k", "PasswordProtected")).isEqualTo("true\n");
    }

    @Test
    void refusesAHostThatShowsAnothersCertificate() throws Exception {
        VirtualIphone phone = start(Options.PLAIN);
        NSDictionary first = record(phone);
        tools.run("idevicepair", "pair");
        NSDictionary mixed = record(phone);
        for (String key : List.of("HostCertificate", "HostPrivateKey", "RootCertificate", "RootPrivateKey")) {
            mixed.put(key, first.get(key));
        }
        try (HostConnection host = new HostConnection(usbmuxd)) {
            assertThat(host.result(Plists.dict(
                            "MessageType",
                            "SavePairRecord",
                            "PairRecordID",
                            phone.udid(),
                            "PairRecordData",
                            new NSData(Plists.xml(mixed)))))
                    .isZero();
        }

        assertThat(tools.run("ideviceinfo", "-k", "ProductVersion").err()).contains("SSL error (-5)");
    }

    @Test
    void staysPairedWhenItIsMadeAnew() throws Exception {
        start(Options.PLAIN).close();
        startNew("iphone14pro", Options.PLAIN.withWords("trust denied"));

        assertThat(tools.out("idevicepair", "validate")).startsWith("SUCCESS");
    }

    private NSDictionary record(VirtualIphone phone) throws Exception {
        return Plists.parseDict(usbmuxd.pairRecord(phone.udid()).orElseThrow());
    }
}
