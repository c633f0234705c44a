package dev.melt.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.sysfs.HeatProbes;
import dev.melt.core.telemetry.Conversion.Counter;
import dev.melt.core.telemetry.Conversion.Scale;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.Probe.Column;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.TelemetryPlan.Absent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalTelemetryTest {
    private static final String RAPL = "/sys/class/powercap/";
    private static final String BATTERY = "/sys/class/power_supply/BAT0/";
    private static final String CHIP = "/sys/class/hwmon/hwmon3/";

    @TempDir
    Path root;

    private FakeMachine machine = new FakeMachine(Path.of("/nonexistent"));

    @BeforeEach
    void empty() {
        machine = new FakeMachine(root);
    }

    private TelemetryPlan plan() {
        return machine.driver().telemetry();
    }

    private List<String> names() {
        return plan().probes().stream()
                .flatMap(probe -> probe.columns().stream())
                .map(column -> column.channel().name())
                .toList();
    }

    private Column column(String name) {
        return plan().probes().stream()
                .map(Probe::columns)
                .flatMap(List::stream)
                .filter(column -> column.channel().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String reason(String quantity) {
        return plan().absent().stream()
                .filter(absent -> absent.quantity().equals(quantity))
                .map(Absent::reason)
                .findFirst()
                .orElse("");
    }

    @Test
    void countsNoEnergyTwice() {
        machine.file(RAPL + "intel-rapl:0/name", "package-0")
                .file(RAPL + "intel-rapl:0/energy_uj", "1")
                .file(RAPL + "intel-rapl:0/max_energy_range_uj", "262143328850")
                .file(RAPL + "intel-rapl:0:0/name", "core")
                .file(RAPL + "intel-rapl:0:0/energy_uj", "1")
                .file(RAPL + "intel-rapl:0:1/name", "dram")
                .file(RAPL + "intel-rapl:0:1/energy_uj", "1")
                .file(RAPL + "intel-rapl:1/name", "psys")
                .file(RAPL + "intel-rapl:1/energy_uj", "1")
                .file(RAPL + "intel-rapl-mmio:0/name", "package-0")
                .file(RAPL + "intel-rapl-mmio:0/energy_uj", "1");
        assertThat(names())
                .filteredOn(name -> name.startsWith("energy"))
                .containsExactly("energy/package-0", "energy/dram-0", "energy/psys");
        assertThat(column("energy/package-0").conversion()).isEqualTo(new Counter(1e-6, 262_143_328_850L));
    }

    @Test
    void saysHowACounterBecomesReadable() {
        machine.file(RAPL + "intel-rapl:0/name", "package-0");
        assertThat(reason("energy")).contains("sudo chmod a+r").contains("intel-rapl:0/energy_uj");
    }

    @Test
    void takesABatteryThatFeedsTheMachine() {
        machine.file(BATTERY + "type", "Battery")
                .file(BATTERY + "status", "Discharging")
                .file(BATTERY + "voltage_now", "11400000")
                .file(BATTERY + "current_now", "-1200000")
                .file(BATTERY + "capacity", "81");
        assertThat(names()).contains("voltage/battery", "current/battery", "level/battery");
        assertThat(column("current/battery").conversion()).isEqualTo(new Scale(-1e-6));
        assertThat(reason("energy")).isEmpty();
    }

    @Test
    void doesNotTakeTheCurrentThatChargesForTheLoad() {
        machine.file(BATTERY + "type", "Battery")
                .file(BATTERY + "status", "Charging")
                .file(BATTERY + "voltage_now", "11400000")
                .file(BATTERY + "current_now", "1200000")
                .file(BATTERY + "capacity", "81");
        assertThat(names()).contains("level/battery").doesNotContain("current/battery");
        assertThat(reason("energy")).contains("Charging").contains("unplug");
    }

    @Test
    void leavesTheBatteryOfAMouseAlone() {
        machine.file("/sys/class/power_supply/hid-1/type", "Battery")
                .file("/sys/class/power_supply/hid-1/scope", "Device")
                .file("/sys/class/power_supply/hid-1/capacity", "50");
        assertThat(names()).doesNotContain("level/battery");
    }

    @Test
    void takesPowerSensorsAndRails() {
        machine.file(CHIP + "name", "ina3221")
                .file(CHIP + "in1_label", "VDD IN")
                .file(CHIP + "in1_input", "5000")
                .file(CHIP + "curr1_input", "900")
                .file(CHIP + "in2_label", "NC")
                .file(CHIP + "in2_input", "0")
                .file(CHIP + "curr2_input", "0")
                .file("/sys/class/hwmon/hwmon4/name", "amdgpu")
                .file("/sys/class/hwmon/hwmon4/power1_average", "9000000");
        assertThat(names())
                .contains("power/amdgpu-power1", "voltage/VDD_IN", "current/VDD_IN")
                .doesNotContain("current/NC");
    }

    @Test
    void tellsZonesOfOneTypeApartAndLeavesOutThoseThatAreOff() {
        for (int i = 0; i < 3; i++) {
            machine.file("/sys/class/thermal/thermal_zone" + i + "/type", "cpu-thermal");
        }
        machine.file("/sys/class/thermal/thermal_zone0/temp", "41000")
                .file("/sys/class/thermal/thermal_zone1/temp", "39")
                .file("/sys/class/thermal/thermal_zone2/temp", "-256000");
        assertThat(names())
                .filteredOn(name -> name.startsWith("temperature"))
                .containsExactly("temperature/cpu-thermal", "temperature/cpu-thermal-2");
        assertThat(column("temperature/cpu-thermal-2").conversion()).isEqualTo(new Scale(1));
    }

    @ParameterizedTest
    @CsvSource({"41000,cpu,0.001", "412,tsens_tz_sensor1,0.1", "41,battery,1", "150,x,1", "-30,x,1"})
    void findsTheUnitOfATemperature(long raw, String type, double factor) {
        assertThat(HeatProbes.factor(raw, type)).hasValue(factor);
    }

    @ParameterizedTest
    @CsvSource({"-256000,cpu", "0,cpu", "151,cpu", "-31,cpu", "127,cpu", "-40,cpu", "-40000,cpu"})
    void believesNoImpossibleTemperature(long raw, String type) {
        assertThat(HeatProbes.factor(raw, type)).isEmpty();
    }

    @Test
    void ordersProcessorsAsPeopleDo() {
        for (int cpu : new int[] {10, 2, 0}) {
            machine.file("/sys/devices/system/cpu/cpu" + cpu + "/cpufreq/scaling_cur_freq", "1800000");
        }
        assertThat(names())
                .filteredOn(name -> name.startsWith("frequency"))
                .containsExactly("frequency/cpu0", "frequency/cpu2", "frequency/cpu10");
    }

    @Test
    void watchesWhatTakesSpeedAway() {
        machine.file("/sys/devices/system/cpu/cpufreq/policy4/scaling_max_freq", "2400000")
                .file("/sys/class/thermal/cooling_device0/type", "Processor")
                .file("/sys/class/thermal/cooling_device0/cur_state", "0")
                .file("/sys/class/thermal/cooling_device1/type", "Fan")
                .file("/sys/class/thermal/cooling_device1/cur_state", "0");
        assertThat(names()).contains("frequency_cap/cpu4", "cooling/Processor").doesNotContain("cooling/Fan");
    }

    @Test
    void readsUtilisationAndMemoryInOneGoEach() {
        machine.file("/proc/stat", "cpu  1 2 3 4\ncpu0 1 2 3 4\ncpu1 1 2 3 4\nintr 5")
                .file("/proc/meminfo", "MemTotal: 9 kB\nMemAvailable: 5 kB\nSwapFree: 0 kB");
        assertThat(plan().probes())
                .extracting(Probe::reader)
                .contains("keys:cpu,cpu0,cpu1", "keys:MemAvailable,SwapFree");
        assertThat(names()).contains("utilisation/all", "utilisation/cpu1", "memory/available", "memory/swap-free");
    }

    @Test
    void saysWhatAnEmptyMachineLacks() {
        assertThat(plan().absent())
                .extracting(Absent::quantity)
                .containsExactly("energy", "temperature", "frequency", "utilisation", "memory");
        assertThat(names()).containsExactly("utilisation/engine", "memory/engine-rss");
    }

    @Test
    void findsFacts() {
        machine.file("/proc/cpuinfo", "model name\t: Fast CPU\nflags\t: fpu hypervisor")
                .file("/proc/meminfo", "MemTotal:   2048 kB")
                .file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "schedutil")
                .file("/sys/devices/system/cpu/cpufreq/policy0/related_cpus", "0 1")
                .file("/sys/devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq", "1800000");
        assertThat(machine.driver().device().facts())
                .containsEntry("cpu_model", "Fast CPU")
                .containsEntry("memory_bytes", "2097152")
                .containsEntry("governor", "schedutil")
                .containsEntry("clusters", "0,1@1800000kHz")
                .containsEntry("virtualised", "true");
        assertThat(machine.driver().device().virtual()).isTrue();
    }
}
