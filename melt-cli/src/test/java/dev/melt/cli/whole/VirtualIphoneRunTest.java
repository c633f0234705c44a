package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.virtual.ios.VirtualIphone;
import dev.melt.virtual.ios.VirtualIphones;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way to an iPhone that is not there: Debian's idevice tools between, an app that is launched, real inference. */
class VirtualIphoneRunTest {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private IphoneBench iphones;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        iphones = IphoneBench.in(folder);
        bench = iphones.bench;
    }

    @AfterEach
    void close() throws IOException {
        iphones.close();
    }

    private Launched run(String device, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "run",
                "--device",
                device,
                "--model",
                "mini",
                "--workload",
                "talk",
                "--warmups",
                "0",
                "--trials",
                "1",
                "--idle",
                "2s",
                "--json"));
        line.addAll(List.of(more));
        return bench.melt(line.toArray(String[]::new));
    }

    @Test
    void runsAModelAndReadsTheBatteryMeanwhile() throws Exception {
        VirtualIphone phone = iphones.phone("iphone14pro", VirtualIphone.Options::withoutPower);

        assertThat(bench.melt("devices").out())
                .containsPattern("iphone14pro +usbmux +ios +virtual +iPhone 14 Pro +Virtual iPhone +A16");
        Launched launched = run("iphone14pro");

        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        assertThat(launched.out()).contains("VIRTUAL_DEVICE").doesNotContain("CHARGING");
        JsonNode result = Bench.json(launched);
        assertThat(Bench.outcomes(result)).containsExactly("OK");
        assertThat(Bench.figures(Bench.cell(result, "mini-q4_0", "talk")))
                .containsKeys("ttft", "prefill_rate", "decode_rate", "peak_rss", "energy", "temperature_peak/battery");
        assertThat(channels(result))
                .contains(
                        "voltage/battery fuel-gauge V",
                        "current/battery fuel-gauge A",
                        "temperature/battery fuel-gauge degC",
                        "level/battery fuel-gauge 1",
                        "thermal_status/device thermalState 1",
                        "memory/engine-rss phys_footprint B");
        assertThat(phone.documents("dev.melt.agent").resolve("melt/trials"))
                .as("the trial's folder is gone once its results are safe")
                .isEmptyDirectory();
        assertThat(bench.melt("reparse", result.path("run").asText()).exitCode())
                .isIn(0, 3);
    }

    /** Of the only trial. */
    private List<String> channels(JsonNode result) {
        JsonNode shown = Bench.json(bench.melt("show", result.path("run").asText(), "--json"));
        List<String> channels = new ArrayList<>();
        shown.path("cells")
                .get(0)
                .path("channels")
                .forEach(channel -> channels.add(channel.path("channel").asText() + " "
                        + channel.path("source").asText() + " "
                        + channel.path("unit").asText()));
        return channels;
    }

    @Test
    void showsEveryPhoneUnderTheNameOfItsProfile() throws IOException {
        for (String name : VirtualIphones.names()) {
            iphones.phone(name, options -> options);
        }

        JsonNode devices = Bench.json(bench.melt("devices", "--json"));

        List<String> names = new ArrayList<>();
        devices.forEach(device -> names.add(device.path("name").asText()));
        assertThat(names).containsAll(VirtualIphones.names());
        assertThat(bench.melt("devices", "--help").out()).contains(VirtualIphones.names());
    }

    @Test
    void showsPhonesWhenAnotherKindOfLinkCannotLook() throws IOException {
        iphones.phone("iphone14pro", options -> options);

        Launched launched = bench.with("ADB_SERVER_SOCKET", "telepathy").melt("devices");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.out()).contains("iphone14pro").doesNotContain("telepathy");
        assertThat(launched.err()).startsWith("melt: left out devices over adb: ADB_SERVER_SOCKET: ");
    }

    @Test
    void givesTheMarksThatThisMachineGives() throws IOException {
        iphones.phone("iphone14pro", options -> options);

        assertThat(marks("iphone14pro", "--tasks", "melt-hellaswag-sample"))
                .isEqualTo(marks("local", "--tasks", "melt-hellaswag-sample"))
                .containsKey("accuracy/melt-hellaswag-sample/acc_norm");
        assertThat(marks("iphone14pro", "--text", "melt-text-sample"))
                .isEqualTo(marks("local", "--text", "melt-text-sample"))
                .containsKey("perplexity/melt-text-sample");
    }

    private Map<String, Double> marks(String device, String... asked) {
        List<String> line = new ArrayList<>(List.of("accuracy", "--device", device, "--model", "mini", "--json"));
        line.addAll(List.of(asked));
        Launched launched = bench.melt(line.toArray(String[]::new));
        assertThat(launched.exitCode()).as(launched.err()).isZero();
        Map<String, Double> marks =
                Bench.figures(Bench.json(launched).path("cells").get(0));
        marks.keySet().removeIf(metric -> !metric.matches("(accuracy|perplexity)/.*"));
        return marks;
    }

    @Test
    void refusesAnEngineThatWouldHaveToBeStartedThere() throws IOException {
        iphones.phone("iphone14pro", options -> options);

        Launched launched = run("iphone14pro", "--engine", "embedded");

        assertThat(launched.exitCode()).isEqualTo(2);
        assertThat(launched.err()).contains("it starts only app").contains("use --engine app");
    }
}
