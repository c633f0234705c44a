package dev.melt.core.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LinuxFormatsTest {
    private static final Map<String, String> TEXTS = Map.of(
            "proc-meminfo",
            """
            MemTotal:        8000000 kB
            MemAvailable:    6000000 kB
            Active(anon):       1000 kB
            HugePages_Total:       2
            Gpu:              400000 kB
            """,
            "proc-status",
            """
            Name:\tllama-bench
            Pid:\t4711
            VmHWM:\t  900000 kB
            VmRSS:\t  300000 kB
            RssFile:\t 200000 kB
            Threads:\t8
            """,
            "smaps-rollup",
            """
            55d000000000-7ffd00000000 ---p 00000000 00:00 0                          [rollup]
            Rss:              300000 kB
            Pss:              250000 kB
            Private_Clean:    100000 kB
            Private_Dirty:     90000 kB
            """,
            "power-supply",
            """
            POWER_SUPPLY_NAME=battery
            POWER_SUPPLY_STATUS=Discharging
            POWER_SUPPLY_CAPACITY=80
            POWER_SUPPLY_VOLTAGE_NOW=4000000
            POWER_SUPPLY_CURRENT_NOW=-350000
            POWER_SUPPLY_TEMP=305
            """,
            "thermal-zones",
            """
            zone0:battery:30500
            zone1:tsens_tz_sensor3:412
            zone2:xo_therm:33
            """,
            "rapl",
            """
            /sys/class/powercap/intel-rapl:0/name:package-0
            /sys/class/powercap/intel-rapl:0/max_energy_range_uj:1000000
            /sys/class/powercap/intel-rapl:0/energy_uj:250000
            """,
            "nvidia-smi",
            """
            timestamp, power.draw [W], temperature.gpu
            2026/01/02 03:04:05.678, 16.01 W, 58
            """,
            "perf-energy",
            """
                         12.74 Joules power/energy-pkg/
                   5.000000000 seconds time elapsed
            """);

    static List<String> kinds() {
        return new LinuxFormats().formats().stream().map(SavedFormat::kind).toList();
    }

    private static ParsedTelemetry read(String kind, String text) throws UnknownOutputException {
        TelemetryFormat format = (TelemetryFormat) new LinuxFormats()
                .formats().stream()
                        .filter(f -> f.kind().equals(kind))
                        .findFirst()
                        .orElseThrow();
        return format.parse(SourceText.of(text));
    }

    private static String text(String kind) {
        return TEXTS.getOrDefault(kind, "");
    }

    private static Map<String, Double> values(String kind) throws UnknownOutputException {
        Map<String, Double> values = new TreeMap<>();
        for (Reading reading : read(kind, text(kind)).samples()) {
            values.put(reading.channel(), reading.value());
        }
        return values;
    }

    @Test
    void givesSiUnits() throws UnknownOutputException {
        assertThat(values("proc-meminfo"))
                .containsEntry("memory/MemTotal", 8000000.0 * 1024)
                .containsEntry("memory/Active(anon)", 1024000.0)
                .containsEntry("memory/Gpu", 400000.0 * 1024)
                .containsEntry("pages/HugePages_Total", 2.0);
        assertThat(values("proc-status")).containsEntry("memory/VmHWM", 900000.0 * 1024);
        assertThat(values("smaps-rollup")).containsEntry("memory/Uss", 190000.0 * 1024);
        assertThat(values("thermal-zones"))
                .containsEntry("temperature/battery", 30.5)
                .containsEntry("temperature/tsens_tz_sensor3", 41.2)
                .containsEntry("temperature/xo_therm", 33.0);
        assertThat(values("rapl")).containsEntry("energy/package-0", 0.25);
        assertThat(values("nvidia-smi")).containsEntry("power/gpu", 16.01).containsEntry("temperature/gpu", 58.0);
        assertThat(values("perf-energy"))
                .containsEntry("energy/pkg", 12.74)
                .containsEntry("power_avg/pkg", 2.548)
                .containsEntry("duration/elapsed", 5.0);
        assertThat(values("power-supply"))
                .containsEntry("current/battery", 0.35)
                .containsEntry("voltage/battery", 4.0)
                .containsEntry("temperature/battery", 30.5)
                .containsEntry("level/battery", 0.8);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void skipsAndCountsADamagedLine(String kind) throws UnknownOutputException {
        ParsedTelemetry damaged = read(kind, text(kind) + "##?##\n");

        assertThat(damaged.samples()).isEqualTo(read(kind, text(kind)).samples());
        assertThat(damaged.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesATextThatBreaksOffInItsLastLine(String kind) {
        String text = text(kind);

        assertThatThrownBy(() -> read(kind, text.substring(0, text.length() - 4)))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("it breaks off after");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesEveryOtherKind(String kind) {
        for (String other : kinds()) {
            if (!other.equals(kind)) {
                assertThatThrownBy(() -> read(kind, text(other)))
                        .as("%s read as %s", other, kind)
                        .isInstanceOf(UnknownOutputException.class);
            }
        }
    }

    @Test
    void countsASizeWithoutItsUnit() throws UnknownOutputException {
        assertThat(read("proc-status", text("proc-status").replace("  300000 kB", "  3x0000 kB"))
                        .skipped())
                .isEqualTo(1);
    }

    @Test
    void refusesAProcessWithoutMemoryOfItsOwn() {
        assertThatThrownBy(() -> read("proc-status", "Name:\tkthreadd\nPid:\t2\nThreads:\t1\n"))
                .hasMessageContaining("VmRSS: or VmHWM:");
    }
}
