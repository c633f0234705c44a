package dev.melt.core.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThermalZonesTest {
    @ParameterizedTest
    @CsvSource({
        "cpu, 999, ",
        "cpu, 1000, 1.0",
        "cpu, -30, -30.0",
        "cpu, -31, ",
        "cpu, 150, 150.0",
        "cpu, 151, ",
        "tsens_1, 999, 99.9",
        "tsens_1, 41000, 41.0",
        "cpu, -256000, ",
        "cpu, -40, ",
        "cpu, 0, ",
        "cpu, 127, ",
        "vbat, 3900, ",
        "pm8150-ibat-lvl0, 3500, ",
        "soc, 80, ",
        "soc0-thermal, 41000, 41.0"
    })
    void tellsTheUnitByTheSizeAndDropsWhatIsNoTemperature(String type, long raw, Double celsius) {
        ZoneReading zone = new ZoneReading(0, type, raw);

        assertThat(zone.celsius().isPresent()).isEqualTo(celsius != null);
        if (celsius != null) {
            assertThat(zone.celsius()).hasValue(celsius);
            assertThat(raw * zone.factor()).isCloseTo(celsius, within(1e-9));
        }
    }

    @Test
    void putsTheFilesOfAZoneTogetherAndTellsZonesOfOneTypeApart() throws UnknownOutputException {
        ThermalZones zones = ThermalZones.read(SourceText.of("""
                /sys/class/thermal/thermal_zone0/temp:41000
                /sys/class/thermal/thermal_zone0/type:CV-therm
                /sys/class/thermal/thermal_zone1/temp:42000
                /sys/class/thermal/thermal_zone1/type:CV-therm
                cat: /sys/class/thermal/thermal_zone2/temp: Permission denied
                /sys/class/thermal/cooling_device3/type:thermal-cpufreq-0
                /sys/class/thermal/cooling_device3/cur_state:2
                """));
        TelemetryBuilder out = new TelemetryBuilder();
        zones.writeTo(out);

        assertThat(out.build("thermal-zones").samples())
                .extracting(Reading::channel)
                .isEqualTo(List.of("temperature/CV-therm-0", "temperature/CV-therm-1", "cooling/thermal-cpufreq-0"));
        assertThat(zones.skipped()).isEqualTo(1);
    }
}
