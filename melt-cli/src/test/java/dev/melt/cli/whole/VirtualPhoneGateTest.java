package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.virtual.android.VirtualAndroid;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate of a phone that is not there: warm and on its charger, then at rest. */
class VirtualPhoneGateTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private PhoneBench phones;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        phones = PhoneBench.in(folder);
        bench = phones.bench;
    }

    @AfterEach
    void close() throws IOException {
        phones.close();
    }

    @Test
    void waitsForAPhoneThatIsWarmAndChargedAndRunsOnOneAtRest() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
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
        JsonNode passed = run(phone, 3, limits + ",cap=0.5,timeout=60");

        assertThat(Bench.outcomes(passed)).containsExactly("OK");
        assertThat(passed.findValuesAsText("kind")).doesNotContain("GATE_NOT_READABLE");

        Launched gc = bench.melt("device", "gc", phone.address(), "--quota", "0", "--json");
        assertThat(gc.exitCode()).as(gc.err()).isZero();
        assertThat(Bench.json(gc).path("removed_bytes").asLong()).isPositive();
        assertThat(phone.onHost("/data/local/tmp/melt/store")).isEmptyDirectory();
    }

    @Test
    void restartsAPhoneOnceWhoseGateStaysShut() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        String before = phones.shell(phone, "cat /proc/sys/kernel/random/boot_id");

        JsonNode refused = run(phone, 1, "memory=1e15,timeout=1,reboot=1");

        assertThat(Bench.outcomes(refused)).containsExactly("REFUSED");
        assertThat(Bench.trials(refused).get(0).path("cause").asText())
                .contains("available memory", "restarted for it already");
        assertThat(phones.shell(phone, "cat /proc/sys/kernel/random/boot_id")).isNotEqualTo(before);
        assertThat(phones.shell(phone, "settings get system screen_brightness")).isEqualTo("102");
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
