package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.virtual.android.VirtualAndroid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way over adb: a phone that is not there, Debian's adb server between, real inference. */
class VirtualPhoneRunTest {
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
                    "--warmups",
                    "1",
                    "--trials",
                    "1",
                    "--json");
            assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
            JsonNode result = Bench.json(launched);
            JsonNode cell = Bench.cell(result, "mini-q4_0", "pp64-tg16");
            assertThat(Bench.outcomes(result)).containsExactly("OK", "OK");
            assertThat(Bench.figures(cell))
                    .containsKeys("ttft", "decode_rate", "peak_rss", "peak_pss", "temperature_peak/battery");
            JsonNode shown = Bench.json(bench.melt("show", result.path("run").asText(), "--json"));
            assertThat(channels(shown, Bench.trials(result).get(1)))
                    .contains("current/battery fuel-gauge A", "thermal_status/device thermalservice 1")
                    .doesNotContain("memory/engine-pss smaps B");
            assertThat(channels(shown, Bench.trials(result).get(0))).contains("memory/engine-pss smaps B");
            assertThat(launched.out()).contains("VIRTUAL_DEVICE");
        } finally {
            phone.interrupt();
            phone.end();
        }
    }

    private static List<String> channels(JsonNode result, JsonNode trial) {
        List<String> channels = new ArrayList<>();
        result.path("cells").get(0).path("channels").forEach(channel -> {
            if (channel.path("trial").equals(trial.path("id"))) {
                channels.add(channel.path("channel").asText() + " "
                        + channel.path("source").asText() + " "
                        + channel.path("unit").asText());
            }
        });
        return channels;
    }

    @Test
    void namesTheSystemsOwnWordsForTheDeathOfAnEngine() throws Exception {
        VirtualAndroid phone = phones.phone("pixel8");
        MeltProcess run = bench.start(
                "run", "--device", phone.address(), "--model", "mini", "--workload", "pp64-tg2000", "--trials", "1");
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            Path trials = phone.onHost("/data/local/tmp/melt/trials");
            return Files.isDirectory(trials)
                    && Bench.names(trials).stream()
                            .anyMatch(
                                    trial -> Files.exists(trials.resolve(trial).resolve("events.jsonl")));
        });
        phone.faults().killEngine().orElseThrow();
        run.end();
        String id = Bench.names(bench.home().resolve("runs")).get(0);
        assertThat(run.text(run.out()) + run.text(run.err()))
                .contains("OUT_OF_MEMORY")
                .contains("Android's low-memory killer ended")
                .contains("low watermark is breached");
        assertThat(bench.melt("explain", id).out()).contains("lowmemorykiller").contains("deaths:");
        bench.melt("reparse", id);
        JsonNode again = Bench.json(bench.melt("show", id, "--json"));
        assertThat(Bench.trials(again).get(0).path("cause").asText()).contains("low watermark is breached");
        assertThat(bench.home().resolve("runs").resolve(id).resolve("device"))
                .isDirectoryRecursivelyContaining("glob:**/before/batterystats.txt");
    }

    @Test
    void bootsTwoThatAreListedAsVirtualAndObeyWords() throws IOException {
        MeltProcess booted = bench.start("devices", "--virtual", "pixel8,galaxy-s24+root");
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> count(Files.readString(booted.out()), "to change it: ") == 2);
            assertThat(bench.melt("devices").out())
                    .contains("Pixel 8", "Google Tensor G3", "SM-S921B", "s5e9945", "virtual");
            JsonNode seen = Bench.json(bench.melt("devices", "--json"));
            JsonNode pixel = device(seen, "Pixel 8");
            assertThat(pixel.path("kind").asText()).isEqualTo("virtual");
            assertThat(pixel.path("facts").path("android").asText()).isEqualTo("14");

            say(booted, "offf");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(booted.err()).contains("[pixel8] 'offf' is none of: plug on|off"));
            say(booted, "link off");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !bench.melt("devices", "--json").out().contains("Pixel 8"));
        } finally {
            booted.interrupt();
            booted.end();
        }
    }

    /** Writes a line into the control of the first phone. */
    private void say(MeltProcess booted, String words) throws IOException {
        String control = Files.readString(booted.out())
                .lines()
                .filter(line -> line.startsWith("to change it: "))
                .map(line -> line.substring(line.indexOf('>') + 1))
                .findFirst()
                .orElseThrow();
        Files.writeString(Path.of(control), words + "\n", StandardOpenOption.WRITE);
    }

    private static JsonNode device(JsonNode all, String model) {
        for (JsonNode one : all) {
            if (one.path("model").asText().equals(model)) {
                return one;
            }
        }
        throw new AssertionError("no " + model + " in " + all);
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void saysWhichPhonesThereAre() {
        assertThat(bench.melt("devices", "--virtual", "pixel").err())
                .contains("pixel8")
                .contains("xiaomi-14");
        assertThat(bench.melt("devices", "--virtual", "pixel8+wings").err())
                .contains("denied-settings")
                .contains("found 'wings'");
    }
}
