package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.android.VirtualAndroid;
import dev.melt.virtual.android.VirtualDevices;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate of a phone that is not there: warm and on its charger, then at rest. */
class VirtualPhoneGateTest {
    @TempDir
    Path folder;

    private Bench bench = new Bench(Path.of("."), java.util.Map.of());
    private String port = "";

    @BeforeEach
    void needAdb() throws IOException {
        DebianPackage.require("adb");
        Assumptions.assumeTrue(
                VirtualDevices.obstacle().isEmpty(),
                () -> VirtualDevices.obstacle().orElse(""));
        try (ServerSocket free = new ServerSocket(0)) {
            port = Integer.toString(free.getLocalPort());
        }
        bench = Bench.in(folder)
                .with("ANDROID_ADB_SERVER_PORT", port)
                .with("HOME", folder.toString())
                .with("PATH", System.getenv().getOrDefault("PATH", "/usr/bin"));
    }

    @AfterEach
    void endTheServer() throws Exception {
        new ProcessBuilder("adb", "-P", port, "kill-server").start().waitFor();
    }

    @Test
    void waitsForAPhoneThatIsWarmAndChargedAndRunsOnOneAtRest() throws IOException {
        try (VirtualAndroid phone = VirtualDevices.start("pixel8", folder.resolve("phone"))) {
            phone.warm(48);
            phone.batteryLevel(0.2);
            phone.plug(true);

            String limits = "skin=35,batteryTemperature=35,battery=0.3,plugged=0,charging=0,load=1e6,timeout=3";
            JsonNode refused = run(phone, 1, limits);

            assertThat(Bench.outcomes(refused)).containsExactly("REFUSED");
            assertThat(Bench.trials(refused).get(0).path("cause").asText())
                    .contains("skin temperature", "battery temperature", "battery charge")
                    .contains("plugged in yes, no needed", "charging yes, no needed")
                    .doesNotContain("load");

            phone.warm(25);
            phone.batteryLevel(0.8);
            phone.plug(false);
            JsonNode passed = run(phone, 3, limits + ",cap=0.5,rise=20,timeout=60");

            assertThat(Bench.outcomes(passed)).containsExactly("OK");
            assertThat(passed.findValuesAsText("kind")).doesNotContain("GATE_NOT_READABLE");

            Launched gc = bench.melt("device", "gc", phone.address(), "--quota", "0", "--json");
            assertThat(gc.exitCode()).as(gc.err()).isZero();
            assertThat(Bench.json(gc).path("removed_bytes").asLong()).isPositive();
            assertThat(phone.onHost("/data/local/tmp/melt/store")).isEmptyDirectory();
        }
    }

    private JsonNode run(VirtualAndroid phone, int exitCode, String gate) {
        Launched launched = bench.melt(
                "run",
                "--device",
                phone.address(),
                "--model",
                "mini",
                "--workload",
                "tg4",
                "--trials",
                "1",
                "--json",
                "--gate",
                gate);
        assertThat(launched.exitCode()).as(launched.err()).isIn(exitCode, 0);
        return Bench.json(launched);
    }
}
