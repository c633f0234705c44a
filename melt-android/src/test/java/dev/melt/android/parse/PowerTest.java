package dev.melt.android.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.parse.SourceText;
import dev.melt.testkit.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rails, statistics of the battery, and the GPU. */
class PowerTest {
    @Test
    void keepsEachDeviceOfRailsOnItsOwnTime() throws UnknownOutputException {
        ParsedTelemetry rails = Saved.read("odpm", Saved.fixture("odpm"));

        assertThat(Fixtures.values(rails)).containsEntry("energy/VSYS_PWR_MODEM", 4000.0);
        assertThat(rails.samples())
                .extracting(reading -> reading.t().orElseThrow())
                .containsExactly(5.0, 5.0, 7.5);
        assertThat(Fixtures.fact(rails, "blocks")).isEqualTo(2L);
    }

    @Test
    void seesThatACounterBeganAgain() throws UnknownOutputException {
        String text = Saved.fixture("odpm");

        assertThat(Odpm.read(SourceText.of(text + text)).restarts()).isZero();
        assertThat(Odpm.read(SourceText.of(text + text.replace("7000000", "6999999")))
                        .restarts())
                .isEqualTo(1);
    }

    @Test
    void readsWhatRailsFeed() throws UnknownOutputException {
        assertThat(Odpm.read(SourceText.of("CH0[S2M_VDD_CPUCL2]:CPU\n")).rails())
                .containsExactly(new Odpm.Rail("S2M_VDD_CPUCL2", "CPU"));
    }

    @Test
    void refusesATimeWithoutRails() {
        assertThatThrownBy(() -> Saved.read("odpm", Saved.fixture("odpm") + "t=9000\n"))
                .hasMessageContaining("the rails below 't='");
    }

    @Test
    void followsTheClockOfTheHistory() throws UnknownOutputException {
        ParsedTelemetry stats = Saved.read("batterystats", Saved.fixture("batterystats"));

        assertThat(stats.samples())
                .filteredOn(reading -> reading.channel().equals("level/battery"))
                .extracting(reading -> reading.t().orElseThrow(), Reading::value)
                .containsExactly(tuple(1700000001.0, 0.8), tuple(1700000003.5, 0.79));
    }

    @Test
    void givesNoTimeAfterAStepThatCannotBeRead() throws UnknownOutputException {
        ParsedTelemetry stats =
                Saved.read("batterystats", Saved.fixture("batterystats").replace("9,h,1000,", "9,h,1x00,"));

        assertThat(stats.skipped()).isEqualTo(1);
        assertThat(stats.samples())
                .filteredOn(reading -> reading.channel().equals("level/battery"))
                .singleElement()
                .satisfies(reading -> assertThat(reading.t()).isEmpty());
    }

    @Test
    void setsEstimatesApartFromWhatWasMeasured() throws UnknownOutputException {
        Map<String, Double> values = Fixtures.values(Saved.read("batterystats", Saved.fixture("batterystats")));

        assertThat(values)
                .containsEntry("charge_estimated/uid-10104", 199.8)
                .containsEntry("charge_estimated/computed-drain", 432.0)
                .containsEntry("charge/actual-drain-max", 396.0)
                .containsEntry("charge/estimated-capacity", 17280.0)
                .containsEntry("duration/battery-realtime", 60.0);
    }

    @Test
    void readsTheLongForm() throws UnknownOutputException {
        ParsedTelemetry stats = Saved.read("batterystats", """
                Statistics since last charge:
                  Time on battery: 5m
                Estimated power use (mAh):
                  Capacity: 4000, Computed drain: 100, actual drain: 0-40.5
                  Global
                    screen: 10.5 apps: 10.5 duration: 5m 0s
                  UID u0a104: 60 fg: 50 ( cpu=55.0 (4m 1s) wifi=5.00 )

                All wakeup reasons:
                """);

        assertThat(Fixtures.values(stats))
                .containsEntry("charge/actual-drain-max", 145.8)
                .containsEntry("charge_estimated/screen", 37.8)
                .containsEntry("charge_estimated/uid-u0a104", 216.0)
                .containsEntry("charge_estimated/uid-u0a104.cpu", 198.0);
        assertThat(stats.skipped()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "gpu_busy_percentage:37 %, utilisation/gpu, 0.37",
        "/sys/class/kgsl/kgsl-3d0/gpuclk:585000000, frequency/gpu, 585000000",
        "/sys/class/kgsl/kgsl-3d0/max_gpuclk:900000000, frequency_cap/gpu, 900000000",
        "/sys/class/kgsl/kgsl-3d0/temp:41500, temperature/gpu, 41.5",
        "680000000, frequency/gpu, 680000000",
        "3000 3000, utilisation/gpu, 1"
    })
    void readsFilesOfAnAdrenoGpu(String line, String channel, double value) throws UnknownOutputException {
        assertThat(Fixtures.values(Saved.read("kgsl", line + "\n"))).isEqualTo(Map.of(channel, value));
    }

    @Test
    void givesNoShareOfAGpuThatIsOff() throws UnknownOutputException {
        ParsedTelemetry off = Saved.read("kgsl", "      0       0\n");

        assertThat(off.samples()).isEqualTo(List.of());
        assertThat(Fixtures.fact(off, "asleep")).isEqualTo(1L);
    }

    @Test
    void skipsMoreBusyThanThereIs() throws UnknownOutputException {
        assertThat(Saved.read("kgsl", "3001 3000\n1 2\n").skipped()).isEqualTo(1);
    }
}
