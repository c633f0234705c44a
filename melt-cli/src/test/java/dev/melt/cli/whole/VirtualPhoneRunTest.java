package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.testkit.DebianPackage;
import dev.melt.virtual.android.VirtualDevices;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over adb: a phone that is not there, Debian's adb server between, real inference. */
class VirtualPhoneRunTest {
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
    void runsAModelAndBringsFiguresAndTelemetryBack() throws IOException {
        MeltProcess phone = bench.start("devices", "--virtual", "pixel8");
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(phone.out()).contains("another terminal"));
            String address = Files.readString(phone.out()).lines().findFirst().orElseThrow();
            address = address.substring(address.lastIndexOf(' ') + 1);

            Launched launched = bench.melt(
                    "run",
                    "--device",
                    address,
                    "--model",
                    "mini",
                    "--workload",
                    "pp64-tg16",
                    "--trials",
                    "1",
                    "--json");
            assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
            JsonNode result = Bench.json(launched);
            JsonNode cell = Bench.cell(result, "mini-q4_0", "pp64-tg16");
            assertThat(Bench.outcomes(result)).containsExactly("OK");
            assertThat(Bench.figures(cell)).containsKeys("ttft", "decode_rate", "peak_rss", "temperature_peak/battery");
            assertThat(launched.out()).contains("VIRTUAL_DEVICE");
        } finally {
            phone.interrupt();
            phone.end();
        }
    }

    @Test
    void saysWhichPhonesThereAre() {
        assertThat(bench.melt("devices", "--virtual", "pixel").err())
                .contains("pixel8")
                .contains("xiaomi-14");
    }
}
