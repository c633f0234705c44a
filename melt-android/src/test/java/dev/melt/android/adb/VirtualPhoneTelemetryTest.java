package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.melt.core.device.Agent;
import dev.melt.core.device.AgentJob;
import dev.melt.core.device.AgentStatus;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.core.telemetry.SamplesFile;
import dev.melt.core.telemetry.TelemetryPlan;
import dev.melt.core.telemetry.TelemetryPlan.Absent;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.android.VirtualDevices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telemetry of a whole phone that is not there. */
class VirtualPhoneTelemetryTest {
    @TempDir
    Path folder;

    private Map<String, String> environment = Map.of();

    @BeforeEach
    void needAdb() throws Exception {
        DebianPackage.require("adb");
        VirtualDevices.obstacle().ifPresent(Assumptions::abort);
        environment = TestPhone.environment(folder);
    }

    @AfterEach
    void endTheServer() throws Exception {
        String port = environment.getOrDefault("ANDROID_ADB_SERVER_PORT", "");
        new ProcessBuilder("adb", "-P", port, "kill-server").start().waitFor();
    }

    private DeviceDriver open(VirtualAndroid phone) {
        AdbServer server = new AdbServer(AdbAddress.of(environment), AdbProgram.find(environment));
        server.ensureRunning();
        server.ask("host:connect:" + phone.address(), Duration.ofSeconds(20));
        await().until(() -> server.devices().stream().anyMatch(AdbDevice::isReady));
        DriverContext context = new DriverContext(folder, environment, TreeMap::new);
        DeviceDriver driver = new AdbDriverProvider().open(phone.address(), context);
        driver.agent().install();
        return driver;
    }

    private static AgentJob job(String script, TelemetryPlan plan) {
        return new AgentJob(
                "t",
                List.of("sh", "-c", script),
                Map.of(),
                Map.of(),
                plan,
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ofMinutes(1));
    }

    private SamplesFile run(DeviceDriver driver, TelemetryPlan plan) {
        Agent agent = driver.agent();
        agent.start(job("x=$(head -c 20000000 /dev/zero | tr '\\0' x); sleep 4; : $x", plan));
        agent.await("t", Duration.ofSeconds(30));
        agent.collect("t", folder.resolve("trial"));
        return SamplesFile.read(folder.resolve("trial/samples.tsv"));
    }

    private static List<Double> values(SamplesFile samples, String channel) {
        return Arrays.stream(samples.named(channel).orElseThrow().values())
                .boxed()
                .toList();
    }

    @Test
    void readsRailsMemoryAndTheThermalServiceOfARootedPixel() throws Exception {
        try (VirtualAndroid phone =
                VirtualDevices.start("pixel8", folder.resolve("phone"), VirtualAndroid.Options.PLAIN.withRoot())) {
            DeviceDriver driver = open(phone);
            SamplesFile samples = run(driver, driver.telemetry());
            List<Double> joules = values(samples, "energy/S2M_VDD_CPUCL2");
            assertThat(joules.get(joules.size() - 1)).isPositive();
            assertThat(values(samples, "memory/engine-pss"))
                    .allMatch(bytes -> bytes > 0)
                    .hasSizeGreaterThan(3);
            assertThat(values(samples, "memory/engine-meminfo-pss")).isNotEmpty();
            assertThat(values(samples, "memory/engine-graphics")).containsOnly(0.0);
            assertThat(values(samples, "temperature/VIRTUAL-SKIN")).allMatch(degrees -> degrees > 10 && degrees < 60);
            assertThat(values(samples, "thermal_status/device")).containsOnly(0.0);
            assertThat(samples.damagedCells()).isZero();
        }
    }

    @Test
    void disturbsNoEngineThatIsMeasured() throws Exception {
        try (VirtualAndroid phone = VirtualDevices.start("pixel8", folder.resolve("phone"))) {
            DeviceDriver driver = open(phone);
            assertThat(driver.telemetry().absent()).extracting(Absent::quantity).contains("rails");
            SamplesFile samples = run(driver, driver.telemetry().undisturbed());
            assertThat(samples.named("memory/engine-rss")).isPresent();
            assertThat(samples.named("memory/engine-pss")).isEmpty();
            assertThat(driver.reports().keySet())
                    .containsExactlyInAnyOrder("batterystats", "dumpsys-battery", "getprop", "thermalservice");
        }
    }

    @Test
    void keepsTheLogOfItsDeath() throws Exception {
        try (VirtualAndroid phone = VirtualDevices.start("pixel8", folder.resolve("phone"))) {
            Agent agent = open(phone).agent();
            agent.start(job(": >ready; exec tail -f ready", TelemetryPlan.NONE));
            Path trial = folder.resolve("trial");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> agent.collect("t", trial).contains(trial.resolve("ready")));
            int pid = phone.faults().killEngine().orElseThrow();
            AgentStatus status = agent.await("t", Duration.ofSeconds(20));
            agent.collect("t", trial);
            assertThat(status.exitCode()).hasValue(137);
            assertThat(status.details().getOrDefault("tree", "").split(" ", -1)).contains(Integer.toString(pid));
            assertThat(trial.resolve("deaths")).content().contains("Kill '").contains("(" + pid + ")");
        }
    }
}
