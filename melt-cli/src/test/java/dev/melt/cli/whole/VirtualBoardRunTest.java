package dev.melt.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.cli.Launched;
import dev.melt.core.store.DeviceSnapshot;
import dev.melt.core.store.RunStore;
import dev.melt.virtual.android.VirtualDevices;
import dev.melt.virtual.board.VirtualBoard;
import dev.melt.virtual.board.VirtualBoards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way over SSH: a board that is not there, OpenSSH's own daemon between, real inference. */
class VirtualBoardRunTest {
    private static final String CLOCKS = "cat /sys/devices/system/cpu/cpufreq/policy*/scaling_min_freq"
            + " /sys/devices/platform/17000000.gpu/devfreq_dev/min_freq; nvpmodel -q | grep -c 30W";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private BoardBench boards;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        boards = BoardBench.in(folder);
        bench = boards.bench;
    }

    @AfterEach
    void close() throws IOException {
        boards.close();
    }

    @Test
    void runsAModelAndPutsTheClocksBack() throws Exception {
        VirtualBoard board = boards.board("orin-agx");
        String before = boards.shell(board, CLOCKS);

        Launched launched = bench.melt(
                "run",
                "--device",
                "virtual-orin-agx",
                "--model",
                "mini",
                "--workload",
                "pp64-tg16",
                "--warmups",
                "1",
                "--trials",
                "1",
                "--prepare",
                "jetson_clocks=on",
                "--json");

        assertThat(launched.exitCode()).as(launched.err()).isIn(0, 3);
        assertThat(launched.err()).contains("jetson_clocks off -> on").contains("1 setting put back");
        assertThat(launched.out()).contains("VIRTUAL_DEVICE");
        JsonNode result = Bench.json(launched);
        assertThat(Bench.outcomes(result)).containsExactly("OK", "OK");
        assertThat(Bench.figures(Bench.cell(result, "mini-q4_0", "pp64-tg16")))
                .containsKeys("ttft", "decode_rate", "peak_rss", "temperature_peak/tj-thermal");
        assertThat(channels(bench, result))
                .contains(
                        "voltage/VDD_GPU_SOC ina3221 V",
                        "current/VDD_GPU_SOC ina3221 A",
                        "current/VDD_CPU_CV ina3221 A",
                        "current/VIN_SYS_5V0 ina3221 A",
                        "frequency/gpu devfreq Hz")
                .noneMatch(channel -> channel.contains("/NC"));
        assertThat(factsBefore(result.path("run").asText()))
                .containsEntry("setting/jetson_clocks", "on")
                .containsEntry("setting_before/jetson_clocks", "off")
                .containsEntry("power_mode", "30W");
        assertThat(boards.shell(board, CLOCKS)).isEqualTo(before);
    }

    private Map<String, String> factsBefore(String run) {
        try (RunStore store = bench.store()) {
            assertThat(store.settings().pending()).isEmpty();
            return store.snapshots(run).stream()
                    .filter(snapshot -> snapshot.moment() == DeviceSnapshot.Moment.BEFORE)
                    .findFirst()
                    .orElseThrow()
                    .facts();
        }
    }

    /** Of the trial that counts. */
    private static List<String> channels(Bench bench, JsonNode result) {
        JsonNode trial = Bench.trials(result).get(1);
        JsonNode shown = Bench.json(bench.melt("show", result.path("run").asText(), "--json"));
        List<String> channels = new ArrayList<>();
        shown.path("cells").get(0).path("channels").forEach(channel -> {
            if (channel.path("trial").equals(trial.path("id"))) {
                channels.add(channel.path("channel").asText() + " "
                        + channel.path("source").asText() + " "
                        + channel.path("unit").asText());
            }
        });
        return channels;
    }

    @ParameterizedTest
    @CsvSource({
        "nano, jetson-nano",
        "orin-agx, orin-agx",
        "orin-nano, orin-nano",
        "raspberry-pi-5, raspberry-pi-5",
        "thor, thor",
        "xavier-agx, xavier-agx"
    })
    void theProfileThatShipsKnowsItsBoard(String kind, String profile) throws IOException {
        boards.name(boards.board(kind), profile);

        Launched shown = bench.melt("device", "show", profile, "--json");

        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(Bench.json(shown).path("facts").path("machine").asText()).isNotEmpty();
    }

    @Test
    void theProfileOfAnotherBoardIsRefused() throws IOException {
        boards.name(boards.board("orin-agx"), "orin-nx");

        assertThat(bench.melt("device", "show", "orin-nx").err())
                .contains("model *Orin NX* expected")
                .contains("NVIDIA Jetson AGX Orin Developer Kit");
    }

    @Test
    void bootsTwoOfAKindThatStandInOneConfigurationAndObeyWords() throws Exception {
        MeltProcess booted = bench.start("devices", "--virtual", "orin-nano,orin-nano+no-sudo,raspberry-pi-5");
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> booted.text(booted.err()).contains("Ctrl-C ends them"));
            Path config = Path.of(booted.text(booted.out())
                    .lines()
                    .filter(line -> line.startsWith("in another terminal: MELT_SSH_CONFIG="))
                    .map(line -> line.substring(line.indexOf('=') + 1, line.indexOf(" melt run --device virtual-")))
                    .findFirst()
                    .orElseThrow());

            assertThat(boards.ssh(config, "virtual-orin-nano", "cat /etc/hostname"))
                    .isEqualTo("orin-nano");
            assertThat(boards.ssh(config, "virtual-orin-nano-2", "cat /etc/hostname"))
                    .isEqualTo("orin-nano-2");
            assertThat(boards.ssh(config, "virtual-raspberry-pi-5", "tr -d '\\0' </sys/firmware/devicetree/base/model"))
                    .startsWith("Raspberry Pi 5");
            JsonNode shown = Bench.json(bench.with("MELT_SSH_CONFIG", config.toString())
                    .melt("device", "show", "virtual-orin-nano-2", "--json"));
            assertThat(shown.path("virtual").asBoolean()).as(shown.toString()).isTrue();

            say(booted, "offf");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(booted.err()).contains("[orin-nano] 'offf' is none of: link on|off"));
            say(booted, "refuse on");
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            boards.ssh(config, "virtual-orin-nano", "echo here").contains("onnection refused"));
        } finally {
            booted.interrupt();
            assertThat(booted.end()).isEqualTo(130);
        }
    }

    /** Writes a line into the control of the first board. */
    private static void say(MeltProcess booted, String words) throws IOException {
        String control = booted.text(booted.out())
                .lines()
                .filter(line -> line.startsWith("to change it: "))
                .map(line -> line.substring(line.indexOf('>') + 1))
                .findFirst()
                .orElseThrow();
        Files.writeString(Path.of(control), words + "\n", StandardOpenOption.WRITE);
    }

    @Test
    void theHelpNamesAllOfThem() {
        assertThat(bench.melt("devices", "--help").out())
                .contains(VirtualDevices.names())
                .contains(VirtualBoards.names());
    }

    @Test
    void saysWhichDevicesThereAre() {
        assertThat(bench.melt("devices", "--virtual", "orin").err())
                .contains("did you mean orin-agx or orin-nano?")
                .contains("pixel8")
                .contains("xavier-agx");
        assertThat(bench.melt("devices", "--virtual", "orin-agx+root").err())
                .contains("no-sudo, forgets-mode, small-home")
                .contains("found 'root'");
    }
}
