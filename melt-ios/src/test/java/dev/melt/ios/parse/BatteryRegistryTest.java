package dev.melt.ios.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.UnknownOutputException;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a battery's entry means, whichever way it is written. */
class BatteryRegistryTest {
    @ParameterizedTest
    @CsvSource({
        "-412, 0.412",
        "0, 0",
        "1602, -1.602",
        "32767, ",
        "65124, 0.412",
        "4294966884, 0.412",
        "18446744073709551204, 0.412",
        "-20001, ",
        "-20000, 20"
    })
    void countsACurrentOutOfTheBatteryAsPositive(BigInteger raw, Double amperes) {
        BatteryRegistry battery = BatteryRegistry.of(Map.of("InstantAmperage", raw, "Voltage", 4000));

        if (amperes == null) {
            assertThat(battery.amperes()).isEmpty();
            assertThat(battery.watts()).isEmpty();
        } else {
            assertThat(battery.amperes().orElseThrow()).isEqualTo(amperes, within(1e-12));
            assertThat(battery.watts().orElseThrow()).isEqualTo(4 * amperes, within(1e-12));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "87, , 0.87",
        "87, 100, 0.87",
        "1204, 1640, 0.7341463414634146",
        "0, 100, 0",
        "101, 100, ",
        "-1, 100, ",
        "50, 0, ",
        "1204, , "
    })
    void tellsHundredthsFromMilliampereHours(long now, Long most, Double level) {
        BatteryRegistry battery = BatteryRegistry.of(
                most == null ? Map.of("CurrentCapacity", now) : Map.of("CurrentCapacity", now, "MaxCapacity", most));

        assertThat(battery.level().stream().boxed().findFirst()).isEqualTo(Optional.ofNullable(level));
    }

    @ParameterizedTest
    @CsvSource({"2969, 29.69", "-500, -5", "-3000, ", "9999, 99.99", "10000, "})
    void readsHundredthsOfADegree(int raw, Double celsius) {
        assertThat(BatteryRegistry.of(Map.of("Temperature", raw)).celsius().stream()
                        .boxed()
                        .findFirst())
                .isEqualTo(Optional.ofNullable(celsius));
    }

    @Test
    void looksInTheEntryBeforeItsData() {
        BatteryRegistry battery =
                BatteryRegistry.of(Map.of("CycleCount", 7, "BatteryData", Map.of("CycleCount", 9, "Voltage", 3900)));

        assertThat(battery.cycles()).hasValue(7);
        assertThat(battery.volts()).hasValue(3.9);
    }

    @Test
    void hasNoPowerWithoutBothOfItsFactors() {
        assertThat(BatteryRegistry.of(Map.of("Voltage", 3900)).watts()).isEmpty();
        assertThat(BatteryRegistry.of(Map.of("Amperage", -500)).watts()).isEmpty();
    }

    @Test
    void saysNothingForAnEntryOfAnotherName() throws UnknownOutputException {
        BatteryRegistry battery = BatteryRegistry.read(Saved.fixture("ioreg-battery/ios17/no-such-entry.txt"));

        assertThat(battery.isEmpty()).isTrue();
        assertThat(battery.level()).isEmpty();
        assertThat(battery.cycles()).isEmpty();
    }

    @Test
    void givesADriverWhatItAsksFor() throws UnknownOutputException {
        BatteryRegistry battery = BatteryRegistry.read(Saved.example("ioreg-battery"));

        assertThat(battery.updateTimeSeconds()).hasValue(1795790000);
        assertThat(battery.charging()).contains(true);
        assertThat(battery.external()).contains(true);
        assertThat(battery.systemLoadWatts()).hasValue(1.73);
        assertThat(battery.systemPowerInWatts()).hasValue(6.8);
        assertThat(battery.batteryWatts()).hasValue(-5.07);
        assertThat(battery.remaining("AvgTimeToEmpty")).isEmpty();
    }

    @Test
    void findsTheBatteryInATreeOfEntries() throws UnknownOutputException {
        String list = """
                <plist version="1.0"><dict><key>IORegistry</key><dict><key>name</key><string>Root</string>
                <key>IORegistryEntryChildren</key><array><dict><key>name</key><string>x</string></dict>
                <dict><key>name</key><string>charger</string><key>IORegistryEntryChildren</key><array>
                <dict><key>InstantAmperage</key><integer>-90</integer></dict></array></dict></array></dict></dict></plist>
                """;

        assertThat(BatteryRegistry.read(list).amperes()).hasValue(0.09);
    }
}
