package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code melt device gc} on this machine, after a real run. */
class DeviceGcTest {
    @TempDir
    Path folder;

    private Bench bench = new Bench(Path.of("."), java.util.Map.of());

    @BeforeEach
    void runOnce() {
        bench = Bench.in(folder);
        assertThat(Bench.outcomes(bench.run("--workload", "tg4", "--trials", "1")))
                .containsExactly("OK");
    }

    @Test
    void keepsWhatIsWithinTheQuota() {
        JsonNode result = gc("--quota", "1GB");

        assertThat(result.path("removed_bytes").asLong()).isZero();
        assertThat(stored()).isNotEmpty();
    }

    @Test
    void removesModelsAndBundlesAboveTheQuotaAndARunBringsThemBack() {
        long before = gc("--dry-run").path("kept_bytes").asLong();

        JsonNode result = gc("--quota", "0");

        assertThat(stored()).isEmpty();
        assertThat(Bench.names(onDevice("bundles"))).isEmpty();
        assertThat(result.path("removed_bytes").asLong()
                        + result.path("kept_bytes").asLong())
                .isEqualTo(before);
        assertThat(Bench.outcomes(bench.run("--workload", "tg4", "--trials", "1")))
                .containsExactly("OK");
    }

    @Test
    void aDryRunRemovesNothing() {
        List<String> before = stored();

        JsonNode result = gc("--quota", "0", "--dry-run");

        assertThat(result.path("removed_bytes").asLong()).isZero();
        assertThat(result.path("things").findValuesAsText("why")).contains("used least recently, above the quota");
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void takesTheQuotaOfTheProfile() throws IOException {
        bench.config("devices/bench-box.yaml", "about: This machine\ndriver: local\nquota: 1kB\n");

        Launched launched = bench.melt("device", "gc", "bench-box");

        assertThat(launched.exitCode()).as(launched.err()).isZero();
        assertThat(launched.err()).contains("of a quota of 1.0 kB", "free on the device");
        assertThat(stored()).isEmpty();
    }

    @Test
    void removesBrokenCopiesAndOldAgentsInAnyCase() throws IOException {
        Path half = onDevice("store").resolve("ab12").resolve("half.gguf.part");
        Path agent = onDevice("agent").resolve("0123456789abcdef").resolve("melt-agent.sh");
        for (Path file : List.of(half, agent)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "old");
        }
        Files.setLastModifiedTime(half, java.nio.file.attribute.FileTime.fromMillis(1_700_000_000_000L));

        Launched launched = bench.melt("device", "gc", "local");

        assertThat(launched.out()).contains("left by a copy that broke", "another version of the agent");
        assertThat(half).doesNotExist();
        assertThat(agent).doesNotExist();
        assertThat(stored()).isNotEmpty();
    }

    @Test
    void refusesAQuotaThatIsNone() {
        Launched launched = bench.melt("device", "gc", "local", "--quota", "much");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("--quota much", "8GiB");
    }

    private JsonNode gc(String... options) {
        List<String> command = new java.util.ArrayList<>(List.of("device", "gc", "local", "--json"));
        command.addAll(List.of(options));
        Launched launched = bench.melt(command.toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        return Bench.json(launched);
    }

    private Path onDevice(String name) {
        return bench.home().resolve("device").resolve(name);
    }

    private List<String> stored() {
        return Bench.names(onDevice("store"));
    }
}
