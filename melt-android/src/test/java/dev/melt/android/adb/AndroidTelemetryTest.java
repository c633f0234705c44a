package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.TelemetryPlan.Absent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sampled on a phone, read by its own agent. */
class AndroidTelemetryTest {
    private static final String BATTERY = "/sys/class/power_supply/battery/";

    @TempDir
    Path folder;

    private static Map<String, Double> observe(DeviceDriver driver) {
        driver.agent().install();
        Observation observed = driver.agent().observe(Duration.ZERO);
        Map<String, Double> values = new TreeMap<>();
        for (Map.Entry<Channel, Double> entry : observed.values().entrySet()) {
            values.put(entry.getKey().name(), entry.getValue());
        }
        return values;
    }

    @Test
    void readsTheFuelGaugeInAmperesOutOfTheBattery() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            phone.kernelFile(BATTERY + "type", "Battery");
            phone.kernelFile(BATTERY + "status", "Discharging");
            phone.kernelFile(BATTERY + "current_now", "-350000");
            phone.kernelFile(BATTERY + "voltage_now", "4100000");
            phone.kernelFile(BATTERY + "temp", "305");
            phone.kernelFile("/sys/class/power_supply/usb/online", "0");
            phone.kernelFile("/sys/class/thermal/thermal_zone0/type", "skin-therm");
            phone.kernelFile("/sys/class/thermal/thermal_zone0/temp", "31000");
            phone.kernelFile("/sys/class/kgsl/kgsl-3d0/gpu_busy_percentage", "37 %");
            phone.kernelFile("/sys/class/kgsl/kgsl-3d0/gpuclk", "680000000");
            phone.connect();
            DeviceDriver driver = phone.open();
            assertThat(observe(driver))
                    .containsEntry("current/battery", 0.35)
                    .containsEntry("voltage/battery", 4.1)
                    .containsEntry("temperature/battery", 30.5)
                    .containsEntry("temperature/skin-therm", 31.0)
                    .containsEntry("plugged/usb", 0.0)
                    .containsEntry("utilisation/gpu", 0.37)
                    .containsEntry("frequency/gpu", 6.8e8);
            assertThat(driver.device().facts())
                    .containsEntry("battery_current_unit", "uA")
                    .containsEntry("battery_current_confidence", "measured");
        }
    }

    @Test
    void asksDumpsysWhereTheGaugeIsHidden() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            phone.command(
                    "dumpsys",
                    "cat <<'X'\nCurrent Battery Service state:\n  AC powered: false\n  level: 80\n  voltage: 4100\n"
                            + "  temperature: 287\n  Charge counter: 3000000\n  current now: -420\n  technology: Li-ion\nX");
            phone.connect();
            assertThat(observe(phone.open()))
                    .containsEntry("level/battery", 0.8)
                    .containsEntry("voltage/battery", 4.1)
                    .containsEntry("current/battery", 0.42)
                    .containsEntry("charge/battery", 10_800.0);
        }
    }

    private static final String THERMAL = """
            case $1 in
                battery) printf 'Current Battery Service state:\\n  AC powered: false\\n  USB powered: true\\n  level: 80\\n  technology: Li-ion\\n' ;;
                thermalservice) cat <<'X'
            Thermal Status: 1
            Cached temperatures:
            \tTemperature{mValue=61.0, mType=3, mName=VIRTUAL-SKIN, mStatus=0}
            HAL Ready: true
            Current temperatures from HAL:
            \tTemperature{mValue=31.5, mType=3, mName=VIRTUAL-SKIN, mStatus=1}
            \tTemperature{mValue=40.5, mType=0, mName=BIG, mStatus=0}
            \tTemperature{mValue=0.0, mType=0, mName=SUBBAT, mStatus=0}
            \tTemperature{mValue=-0.82, mType=-1, mName=USB2-MINUS-QI, mStatus=0}
            \tTemperature{mValue=4.1, mType=6, mName=vbat, mStatus=0}
            Current cooling devices from HAL:
            \tCoolingDevice{mValue=2, mType=2, mName=thermal-cpufreq-0}
            \tCoolingDevice{mValue=1, mType=0, mName=fan}
            X
                ;;
            esac""";

    @Test
    void asksTheThermalServiceWhereTheZonesAreHidden() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            phone.command("dumpsys", THERMAL);
            phone.connect();
            Map<String, Double> values = observe(phone.open());
            assertThat(values)
                    .containsEntry("temperature/VIRTUAL-SKIN", 31.5)
                    .containsEntry("temperature/BIG", 40.5)
                    .containsEntry("thermal_status/device", 1.0)
                    .containsEntry("cooling/thermal-cpufreq-0", 2.0)
                    .containsEntry("plugged/usb", 1.0)
                    .containsEntry("plugged/ac", 0.0);
            assertThat(values.keySet())
                    .doesNotContain(
                            "temperature/SUBBAT", "temperature/USB2-MINUS-QI", "temperature/vbat", "cooling/fan");
        }
    }

    @Test
    void takesTheSkinAloneFromTheThermalServiceWhereZonesCanBeRead() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            phone.kernelFile("/sys/class/thermal/thermal_zone0/type", "BIG");
            phone.kernelFile("/sys/class/thermal/thermal_zone0/temp", "39000");
            phone.command("dumpsys", THERMAL);
            phone.connect();
            assertThat(observe(phone.open()))
                    .containsEntry("temperature/BIG", 39.0)
                    .containsEntry("temperature/VIRTUAL-SKIN", 31.5)
                    .doesNotContainKey("temperature/BIG-2");
        }
    }

    @Test
    void countsTheEnergyOfEachRail() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            String meter = "/sys/bus/iio/devices/iio:device1/";
            phone.kernelFile(
                    meter + "energy_value", "t=8000\nCH0(T=8000)[S2S_VDD_G3D], 3000000000\nCH1(T=8000)[DDR], 7");
            phone.kernelFile(meter + "enabled_rails", "CH0[S2S_VDD_G3D]:GPU\nCH1[DDR]:DDR");
            phone.connect();
            DeviceDriver driver = phone.open();
            assertThat(observe(driver)).containsEntry("energy/S2S_VDD_G3D", 0.0).containsEntry("energy/DDR", 0.0);
            assertThat(driver.device().facts()).containsEntry("rail/S2S_VDD_G3D", "GPU");
            assertThat(driver.telemetry().absent()).extracting(Absent::quantity).doesNotContain("rails");
        }
    }

    @Test
    void believesNoBatteryServiceThatSomebodyToldWhatToSay() throws Exception {
        try (TestPhone phone = TestPhone.unconnected(folder, TestPhone.Kind.NEW, TestPhone.environment(folder))) {
            phone.command(
                    "dumpsys",
                    "printf 'Current Battery Service state:\\n  (UPDATES STOPPED -- use reset to restart)\\n  level: 80\\n"
                            + "  technology: Li-ion\\n'");
            phone.connect();
            DeviceDriver driver = phone.open();
            assertThat(observe(driver)).doesNotContainKey("level/battery");
            assertThat(driver.telemetry().absent()).extracting(Absent::quantity).contains("battery");
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        try (TestPhone phone = TestPhone.connected(folder, TestPhone.Kind.OLD)) {
            assertThat(phone.open().telemetry().absent())
                    .extracting(Absent::quantity)
                    .containsAll(List.of("current", "temperature", "gpu", "rails"));
        }
    }
}
