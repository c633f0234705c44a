package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaSmiTest {
    private static ParsedTelemetry read(String text) throws UnknownOutputException {
        TelemetryBuilder out = new TelemetryBuilder();
        NvidiaSmi.read(SourceText.of(text)).writeTo(out);
        return out.build("nvidia-smi");
    }

    private static String fact(ParsedTelemetry parsed, String key) {
        return requireNonNull(parsed.facts().get(key), key).json().toString();
    }

    private static List<String> rows(ParsedTelemetry parsed) {
        return parsed.samples().stream()
                .map(reading -> reading.channel() + " " + reading.value() + " "
                        + reading.unit().symbol())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "power.draw [W] | 16.01 W | power/gpu 16.01 W",
                "power.draw [W] | 16.01 | power/gpu 16.01 W",
                "power.draw.instant [W] | 16.01 W | power/gpu-instant 16.01 W",
                "power.limit [W] | 60.00 W | power_limit/gpu 60.0 W",
                "enforced.power.limit [W] | 60.00 | power_limit/gpu-enforced 60.0 W",
                "power.max_limit [W] | 60.00 | power_limit/gpu-max 60.0 W",
                "clocks.current.sm [MHz] | 772 MHz | frequency/sm 7.72E8 Hz",
                "clocks.sm [MHz] | 772 | frequency/sm 7.72E8 Hz",
                "clocks.mem | 5000 | frequency/memory 5.0E9 Hz",
                "clocks.max.graphics [MHz] | 2000 MHz | frequency_max/graphics 2.0E9 Hz",
                "temperature.gpu | 58 | temperature/gpu 58.0 degC",
                "temperature.memory | 61 | temperature/memory 61.0 degC",
                "utilization.gpu [%] | 7 % | utilisation/gpu 0.07 1",
                "memory.used [MiB] | 418 MiB | memory/used 4.38304768E8 B",
                "memory.used [MiB] | 418 | memory/used 4.38304768E8 B",
                "fan.speed [%] | 30 % | fan/gpu 0.3 1",
                "total_energy_consumption [mJ] | 5000 mJ | energy/gpu 5.0 J",
                "pstate | P8 | state/pstate 8.0 1",
                "clocks_event_reasons.sw_power_cap | Active | throttle/sw_power_cap 1.0 1",
                "clocks_throttle_reasons.hw_slowdown | Not Active | throttle/hw_slowdown 0.0 1",
                "module.power.draw.instant [W] | 90.5 W | power/module.power.draw.instant 90.5 W"
            })
    void readsAColumnWithAndWithoutUnits(String column, String cell, String row) throws UnknownOutputException {
        assertThat(rows(read("name, " + column + "\nA GPU, " + cell + "\n"))).containsExactly(row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[N/A]", "N/A", "[Not Supported]", "[Unknown Error]", "[Insufficient Permissions]", "ERR!", ""})
    void givesNoFigureForACellThatHasNone(String cell) throws UnknownOutputException {
        ParsedTelemetry read = read("power.draw [W], temperature.gpu\n" + cell + ", 40\n");

        assertThat(rows(read)).containsExactly("temperature/gpu 40.0 degC");
        assertThat(read.skipped()).isZero();
        assertThat(read.facts()).containsKey("absent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x.5 W, 40", "16.5 W", "16.5 W, 40, 2", "16.5 MHz, 40", "##?##"})
    void skipsADamagedRow(String row) throws UnknownOutputException {
        ParsedTelemetry read = read("power.draw [W], temperature.gpu\n16.5 W, 40\n" + row + "\n");

        assertThat(read.samples()).hasSize(2);
        assertThat(read.skipped()).isEqualTo(1);
    }

    @Test
    void skipsALastRowThatIsCutOffAndRefusesATableOfNothingElse() throws UnknownOutputException {
        assertThat(read("power.draw [W], temperature.gpu\n16.5 W, 40\n16.5 W, 4")
                        .skipped())
                .isEqualTo(1);
        assertThatThrownBy(() -> read("power.draw [W], temperature.gpu\n16.5 W, 4"))
                .hasMessageContaining("it breaks off after");
    }

    @ParameterizedTest
    @CsvSource({
        "0x0000000000000000, 0, ''",
        "0x0000000000000001, 0, gpu_idle",
        "0x0000000000000002, 0, applications_clocks_setting",
        "0x0000000000000004, 1, sw_power_cap",
        "0x0000000000000008, 1, hw_slowdown",
        "0x0000000000000010, 0, sync_boost",
        "0x0000000000000020, 1, sw_thermal_slowdown",
        "0x0000000000000040, 1, hw_thermal_slowdown",
        "0x0000000000000080, 1, hw_power_brake_slowdown",
        "0x0000000000000100, 0, display_clock_setting",
        "0x00000000000000C8, 1, hw_slowdown hw_thermal_slowdown hw_power_brake_slowdown"
    })
    void decodesWhatLimitsTheClocks(String mask, double throttled, String reasons) throws UnknownOutputException {
        ParsedTelemetry read = read("temperature.gpu, clocks_event_reasons.active\n40, " + mask + "\n");

        assertThat(read.samples())
                .filteredOn(reading -> reading.channel().equals("throttled/gpu"))
                .extracting(Reading::value)
                .isEqualTo(List.of(throttled));
        assertThat(fact(read, "clocks_event_reasons")).contains("reasons=" + reasons + ",");
    }

    @Test
    void tellsSeveralGpusApart() throws UnknownOutputException {
        ParsedTelemetry read = read("""
                index, name, power.draw [W]
                0, A, 10 W
                1, B, 20 W
                0, A, 11 W
                """);

        assertThat(rows(read)).isEqualTo(List.of("power/gpu@0 10.0 W", "power/gpu@1 20.0 W", "power/gpu@0 11.0 W"));
        assertThat(fact(read, "gpus")).contains("name=A").contains("name=B");
    }

    @Test
    void countsTimeFromTheFirstRow() throws UnknownOutputException {
        assertThat(read("""
                timestamp, temperature.gpu
                2026/12/31 23:59:59.900, 40
                2027/01/01 00:00:00.000, 41
                """).samples())
                .extracting(reading -> reading.t().orElseThrow())
                .isEqualTo(List.of(0.0, 0.1));
    }

    @Test
    void takesTheColumnsFromTheCommand() throws UnknownOutputException {
        assertThat(rows(read(
                        "$ nvidia-smi --query-gpu=memory.total,memory.used --format=csv,noheader,nounits\n8, 1\n")))
                .isEqualTo(List.of("memory/total 8388608.0 B", "memory/used 1048576.0 B"));
    }

    @Test
    void takesWithoutAHeadingOnlyWhatSaysWhatItIs() throws UnknownOutputException {
        ParsedTelemetry read =
                read("2026/01/02 03:04:05.678, A GPU, P0, 40, 16.01 W, 1200 MHz, 5000 MHz, 7 %, 0x0000000000000004\n");

        assertThat(rows(read))
                .isEqualTo(List.of(
                        "state/pstate 0.0 1",
                        "power/gpu 16.01 W",
                        "utilisation/gpu 0.07 1",
                        "throttled/gpu 1.0 1",
                        "throttle/sw_power_cap 1.0 1"));
        assertThat(read.facts()).containsKey("columns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "No devices were found\n",
                "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n",
                "bash: nvidia-smi: command not found\n",
                "40, 16.01, 1200\n"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("of nvidia-smi --query-gpu expected");
    }

    @Test
    void refusesColumnsWithoutRows() {
        assertThatThrownBy(() -> read("power.draw [W], temperature.gpu\n")).hasMessageContaining("a whole row");
    }
}
