package dev.melt.ios.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.Probe;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.virtual.ios.VirtualIphone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of the registry differ from iOS to iOS: what a phone lacks is no channel, and never 0. */
class KeySetsTest {
    @TempDir
    Path folder;

    private interface Look {
        void at(List<String> channels, Observation now, DeviceDriver driver);
    }

    private void look(String name, UnaryOperator<VirtualIphone.Options> how, Look look) throws IOException {
        try (TestIphone phone = TestIphone.start(
                name,
                folder,
                options -> how.apply(TestIphone.quick(options)),
                Map.of("MELT_IOS_LAUNCHER", "debugserver"))) {
            phone.pair();
            try (DeviceDriver driver = phone.open()) {
                TelemetryPlan plan = driver.telemetry();
                look.at(
                        plan.probes().stream()
                                .map(Probe::columns)
                                .flatMap(List::stream)
                                .map(column -> column.channel().name())
                                .toList(),
                        driver.agent().observe(Duration.ZERO),
                        driver);
            }
        }
    }

    @Test
    void aPhoneOfIos16TellsAll() throws IOException {
        look("iphone14pro", VirtualIphone.Options::withoutPower, (channels, now, driver) -> {
            assertThat(channels).contains("voltage/battery", "current/battery", "temperature/battery", "level/battery");
            assertThat(now.value("current/battery").orElseThrow())
                    .as("out of the battery")
                    .isPositive();
            assertThat(driver.device().facts()).containsKeys("battery_capacity_mah", "battery_cycles");
            assertThat(driver.reports().get("ioreg-battery"))
                    .contains("<key>Voltage</key>")
                    .doesNotContainPattern("Serial</key>\\s*<string>(?!redacted)");
        });
    }

    @Test
    void aNegativeCurrentWithoutASignIsUndone() throws IOException {
        look(
                "iphone14pro",
                options -> options.withoutPower().withWords("unsigned on"),
                (channels, now, driver) ->
                        assertThat(now.value("current/battery").orElseThrow()).isBetween(0.01, 5.0));
    }

    @Test
    void ios26TellsNeitherCurrentNorTemperature() throws IOException {
        look("iphone14pro", options -> options.withWords("keys hidden"), (channels, now, driver) -> {
            assertThat(channels)
                    .contains("level/battery", "thermal_status/device")
                    .doesNotContain("voltage/battery", "current/battery", "temperature/battery");
            assertThat(now.values().keySet())
                    .noneMatch(channel -> channel.quantity().equals("current"));
            assertThat(driver.telemetry().absent())
                    .extracting(TelemetryPlan.Absent::quantity)
                    .contains("energy", "temperature");
        });
    }

    @Test
    void anOldPhoneHasItsBatteryUnderAnotherName() throws IOException {
        look("iphone7", options -> options, (channels, now, driver) -> {
            assertThat(channels).contains("voltage/battery", "current/battery");
            assertThat(now.value("level/battery").orElseThrow()).isBetween(0.0, 1.0);
        });
    }
}
