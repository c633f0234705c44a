package dev.melt.virtual.ios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.VirtualIphone.Options;
import dev.melt.virtual.ios.service.TlsUse;
import dev.melt.virtual.ios.wire.Plists;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a phone says of itself to {@code ideviceinfo} and {@code idevicediagnostics}. */
class LockdownTest extends WithIphones {
    private static final Options PLAIN = Options.PLAIN.withTls(TlsUse.NOWHERE);

    @ParameterizedTest
    @CsvSource({
        "iphone7, 'iPhone9,1', D10AP, 13.3.1, 17D50, arm64",
        "iphone11, 'iPhone12,1', N104AP, 15.8, 19H370, arm64e",
        "iphone14pro, 'iPhone15,2', D73AP, 16.5, 20F66, arm64e",
        "iphone15pro, 'iPhone16,1', D83AP, 17.4, 21E219, arm64e",
        "iphone17, 'iPhone18,3', V57AP, 26.0, 23A341, arm64e"
    })
    void saysWhatItIs(String name, String product, String model, String version, String build, String cpu)
            throws Exception {
        assertThat(VirtualIphones.names()).contains(name);
        start(name, PLAIN);

        assertThat(tools.out("ideviceinfo"))
                .contains(
                        "ProductType: " + product + "\n",
                        "HardwareModel: " + model + "\n",
                        "ProductVersion: " + version + "\n",
                        "BuildVersion: " + build + "\n",
                        "CPUArchitecture: " + cpu + "\n",
                        "SerialNumber: FAKE",
                        "TimeZoneOffsetFromUTC: 0.000000\n");
    }

    @Test
    void answersByDomainAndKey() throws Exception {
        start(PLAIN.withoutPower().withWords("level 0.72"));

        assertThat(tools.out("ideviceinfo", "-q", "com.apple.mobile.battery")).isEqualTo("""
                BatteryCurrentCapacity: 72
                BatteryIsCharging: false
                ExternalChargeCapable: false
                ExternalConnected: false
                FullyCharged: false
                GasGaugeCapability: true
                HasBattery: true
                """);
        assertThat(tools.out("ideviceinfo", "-q", "com.apple.disk_usage"))
                .contains("TotalDiskCapacity: 128000000000\n", "AmountDataAvailable: ");
        assertThat(tools.run("ideviceinfo", "-k", "NoSuchKey")).isEqualTo(new RealIdevice.Said(0, "", ""));
        assertThat(tools.run("ideviceinfo", "-q", "com.apple.nonexistent"))
                .isEqualTo(new RealIdevice.Said(
                        0, "", "WARNING: Sending query with unknown domain \"com.apple.nonexistent\".\n"));
        assertThat(tools.run("ideviceinfo", "-q", "com.apple.security.mac.amfi", "-k", "DeveloperModeStatus"))
                .isEqualTo(new RealIdevice.Said(
                        0, "true\n", "WARNING: Sending query with unknown domain \"com.apple.security.mac.amfi\".\n"));
        assertThat(tools.out("ideviceinfo", "-s"))
                .contains("ProductVersion: 16.5")
                .doesNotContain("SerialNumber");
    }

    @Test
    void hasANameAndAClockThatCanBeSet() throws Exception {
        VirtualIphone phone = start(PLAIN.withWords("jump 86400"));

        assertThat(tools.out("idevicename", "Bench 1")).isEqualTo("device name set to 'Bench 1'\n");
        assertThat(tools.out("idevicename")).isEqualTo("Bench 1\n");
        double told = Double.parseDouble(tools.out("ideviceinfo", "-k", "TimeIntervalSince1970"));
        assertThat(told).isCloseTo(Instant.now().getEpochSecond() + 86_400.0, within(20.0));
        assertThat(tools.out("idevicedate", "-s", "1700000000")).isEqualTo("Tue Nov 14 22:13:20 UTC 2023\n");
        assertThat(tools.out("idevicedate")).startsWith("Tue Nov 14 22:1").endsWith("UTC 2023\n");
        assertThat(phone.conditions().clockAheadMillis()).isNegative();
    }

    @Test
    void tellsOfItsBattery() throws Exception {
        VirtualIphone phone = start(PLAIN.withoutPower().withGauge(Duration.ofSeconds(1)));

        NSDictionary first = registry("AppleSmartBattery");
        assertThat(number(first, "InstantAmperage")).isBetween(-400L, -50L);
        assertThat(number(first, "Voltage")).isBetween(3500L, 4400L);
        assertThat(number(first, "Temperature")).isBetween(2400L, 2700L);
        assertThat(number(first, "CurrentCapacity")).isEqualTo(80);
        assertThat(number(first, "MaxCapacity")).isEqualTo(100);
        assertThat(number(first, "AppleRawMaxCapacity")).isEqualTo(2962);
        soon().until(() -> number(registry("AppleSmartBattery"), "UpdateTime") > number(first, "UpdateTime"));
        remote(phone, "unsigned on");
        assertThat(tools.out("idevicediagnostics", "ioregentry", "AppleSmartBattery"))
                .containsPattern("<key>InstantAmperage</key>\\s*<integer>1844674407370955");
        remote(phone, "unsigned off; power on");
        assertThat(number(registry("AppleSmartBattery"), "InstantAmperage")).isPositive();
        assertThat(tools.out("idevicediagnostics", "ioregentry", "NoSuchEntry")).contains("<dict/>");
        assertThat(tools.out("idevicediagnostics", "diagnostics", "All")).contains("GasGauge");
        assertThat(tools.out("idevicediagnostics", "ioreg", "IOPower")).contains("<key>IORegistry</key>");
        assertThat(tools.out("idevicediagnostics", "mobilegestalt", "ProductType", "Nothing"))
                .contains("<string>iPhone15,2</string>")
                .doesNotContain("Nothing");
    }

    @Test
    void tellsLessOfItWithIos26AndOtherwiseWithAnOldGauge() throws Exception {
        VirtualIphone phone = start(PLAIN);
        remote(phone, "ios 26.0; level 0.12");

        NSDictionary hidden = registry("AppleSmartBattery");
        assertThat(hidden.allKeys())
                .containsExactly("BatteryData", "CurrentCapacity", "CycleCount", "IsCharging", "MaxCapacity");
        assertThat(number(Plists.dictAt(hidden, "BatteryData"), "DesignCapacity"))
                .isEqualTo(3200);
        assertThat(number(hidden, "CurrentCapacity")).isEqualTo(12);
        remote(phone, "keys classic");
        assertThat(registry("AppleSmartBattery").allKeys()).contains("Voltage");
        phone.plug(false);

        start("iphone7", PLAIN);
        NSDictionary old = registry("AppleARMPMUCharger");
        assertThat(number(old, "MaxCapacity")).isEqualTo(1690);
        assertThat(number(old, "CurrentCapacity")).isEqualTo(1352);
        assertThat(registry("AppleSmartBattery").allKeys()).isEmpty();
    }

    private NSDictionary registry(String entry) throws Exception {
        String xml = tools.out("idevicediagnostics", "ioregentry", entry);
        return Plists.dictAt(Plists.parseDict(xml.strip().getBytes(StandardCharsets.UTF_8)), "IORegistry");
    }

    private static long number(NSDictionary dict, String key) {
        return Plists.number(dict, key).orElseThrow();
    }
}
