package dev.melt.android.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SourceText;
import dev.melt.core.telemetry.Unit;
import dev.melt.testkit.Fixtures;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThermalServiceTest {
    private static final String KIND = "thermalservice";

    @Test
    void takesTheReadingsOfTheHardwareAndNotTheCachedOnes() throws UnknownOutputException {
        ThermalService service = ThermalService.read(SourceText.of(Saved.fixture(KIND)));

        assertThat(service.hottest(SensorType.SKIN)).hasValue(35.25);
        assertThat(service.hottest(SensorType.CPU)).hasValue(71);
        assertThat(service.hottest(SensorType.BATTERY)).isEmpty();
        assertThat(service.hal()).contains("AIDL 2");
        assertThat(service.status()).hasValue(1);
        assertThat(service.cached()).isEqualTo(1);
    }

    @Test
    void givesEachQuantityItsUnit() throws UnknownOutputException {
        ParsedTelemetry parsed = Saved.read(KIND, Saved.fixture(KIND));
        Map<String, Double> values = Fixtures.values(parsed);

        assertThat(values)
                .containsEntry("voltage/vbat", 3.912)
                .containsEntry("current/ocp_cpu1", 8.9)
                .containsEntry("level/soc", 0.12)
                .containsEntry("temperature_difference/USB2-MINUS-QI", -0.82)
                .containsEntry("temperature/the back glass", 29.5)
                .containsEntry("cooling/thermal-cpufreq-2", 3.0)
                .containsEntry("cooling/thermal-cpufreq-2-2", 0.0)
                .doesNotContainKey("temperature/SUBBAT");
        assertThat(parsed.samples())
                .filteredOn(reading -> reading.channel().startsWith("temperature"))
                .allMatch(reading -> reading.unit() == Unit.CELSIUS);
    }

    @Test
    void skipsAReadingThatIsNoNumber() throws UnknownOutputException {
        ParsedTelemetry parsed = Saved.read(KIND, Saved.fixture(KIND).replace("mValue=71.0", "mValue=s"));

        assertThat(Fixtures.values(parsed)).doesNotContainKey("temperature/BIG");
        assertThat(parsed.skipped()).isEqualTo(1);
    }

    @Test
    void takesAPhoneWithoutHardwareReadings() throws UnknownOutputException {
        ThermalService service = ThermalService.read(SourceText.of("Thermal Status: 0\nHAL Ready: false\n"));

        assertThat(service.readings()).isEmpty();
    }

    @Test
    void refusesADumpThatEndsBeforeTheReadings() {
        String text = Saved.fixture(KIND);

        assertThatThrownBy(() -> Saved.read(KIND, text.substring(0, text.indexOf("Current temperatures"))))
                .hasMessageContaining("'Current temperatures from HAL:'");
    }
}
