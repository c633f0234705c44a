package dev.melt.android.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.testkit.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatteryTest {
    private static final String KIND = "dumpsys-battery";

    private static ParsedTelemetry read(String text) throws UnknownOutputException {
        return Saved.read(KIND, text);
    }

    @Test
    void takesTheFirstOfAKeyAndNothingOfTheLogBelow() throws UnknownOutputException {
        ParsedTelemetry battery = read(Saved.fixture(KIND));

        assertThat(Fixtures.values(battery))
                .containsEntry("level/battery", 0.41)
                .containsEntry("voltage/battery", 3.811)
                .containsEntry("temperature/battery", 31.2)
                .containsEntry("charge/battery", 5400.0)
                .containsEntry("state_of_health/battery", 0.91);
        assertThat(Fixtures.fact(battery, "plugged")).isEqualTo("usb");
    }

    @Test
    void saysThatAPhoneOnAWeakChargerIsDischarged() throws UnknownOutputException {
        ParsedTelemetry battery = read(Saved.fixture(KIND));

        assertThat(Fixtures.values(battery)).containsEntry("current/battery", 0.24);
        assertThat(Fixtures.fact(battery, "status")).isEqualTo("charging");
        assertThat(Fixtures.fact(battery, "net_discharging")).isEqualTo(true);
        assertThat(Fixtures.fact(battery, "current.convention")).isEqualTo("negative discharges");
    }

    @Test
    void leavesASignUnsettledThatNothingSettles() throws UnknownOutputException {
        ParsedTelemetry battery = read(
                Saved.fixture(KIND).replace("  mSecPlugTypeSummary: 2\n", "").replace("  mSavedBatteryAsoc: 91\n", ""));

        assertThat(Fixtures.fact(battery, "current.convention")).isEqualTo("unsettled");
        assertThat(battery.facts()).doesNotContainKey("net_discharging");
    }

    @Test
    void takesNothingThatSomebodySet() throws UnknownOutputException {
        ParsedTelemetry battery = read(
                Saved.fixture(KIND).replace("state:\n", "state:\n  (UPDATES STOPPED -- use 'reset' to restart)\n"));

        assertThat(battery.samples()).isEmpty();
        assertThat(Fixtures.fact(battery, "updates_stopped")).isEqualTo(true);
        assertThat((List<?>) Fixtures.fact(battery, "left_out")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, 4.0", "3999, 3.999", "4100000, 4.1"})
    void tellsVoltsByTheirSize(String raw, double volts) throws UnknownOutputException {
        assertThat(Fixtures.values(read(Saved.fixture(KIND).replace("3811", raw))))
                .containsEntry("voltage/battery", volts);
    }

    @ParameterizedTest
    @CsvSource({"9999, false", "10000, true", "0, false"})
    void doesNotBelieveACounterThatIsNone(String raw, boolean believed) throws UnknownOutputException {
        assertThat(Fixtures.values(read(Saved.fixture(KIND).replace("1500000", raw)))
                        .containsKey("charge/battery"))
                .isEqualTo(believed);
    }

    @Test
    void refusesADumpThatEndsBeforeTheTemperature() {
        String text = Saved.fixture(KIND);

        assertThatThrownBy(() -> read(text.substring(0, text.indexOf("  temperature"))))
                .hasMessageContaining("breaks off after 'voltage: 3811'");
    }

    @Test
    void readsWhatOlderSamsungPhonesLog() throws UnknownOutputException {
        ParsedTelemetry battery = read("""
                03-01 10:00:00.000  900  901 D BatteryService: level:50, scale:100, status:3, voltage: 3800, temperature: 300, USB powered:false
                03-01 10:00:00.000  900  901 D BatteryService: online:1, current avg:-100, batterySWSelfDischarging:false, current_now:-250
                03-01 10:00:10.500  900  901 D BatteryService: level:49, scale:100, status:3, voltage: 3790, temperature: 301, USB powered:false
                """);

        assertThat(battery.samples())
                .filteredOn(reading -> reading.channel().equals("level/battery"))
                .extracting(reading -> reading.t().orElseThrow())
                .containsExactly(0.0, 10.5);
        assertThat(Fixtures.values(battery).get("current/battery")).isEqualTo(0.25, within(1e-9));
    }
}
