package dev.melt.jetson.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SourceText;
import dev.melt.jetson.parse.PowerModes.Mode;
import dev.melt.testkit.Fixtures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a board says of its system, its power mode and its clocks. */
class BoardFactsTest {
    @ParameterizedTest
    @CsvSource({
        "32, 7.1, 32.7.1, 4.6.1",
        "32, 7.0, 32.7.0, ",
        "32, 6.1, 32.6.1, ",
        "35, 1.0, 35.1.0, 5.0.2",
        "35, 3.1, 35.3.1, 5.1.1",
        "35, 4.1, 35.4.1, 5.1.2",
        "35, 5.0, 35.5.0, 5.1.3",
        "35, 6.0, 35.6.0, 5.1.4",
        "35, 6.1, 35.6.1, 5.1.5",
        "35, 6.3, 35.6.3, 5.1.5",
        "35, 6.4, 35.6.4, ",
        "36, 2.0, 36.2.0, 6.0DP",
        "36, 3.0, 36.3.0, 6.0",
        "36, 4.0, 36.4.0, 6.1",
        "36, 4.3, 36.4.3, 6.2",
        "36, 4.4, 36.4.4, 6.2.1",
        "36, 4.7, 36.4.7, 6.2.1",
        "36, 5.0, 36.5.0, 6.2.2",
        "36, 5, 36.5.0, 6.2.2",
        "38, 2.1, 38.2.1, 7.0",
        "38, 4.0, 38.4.0, 7.1",
        "39, 2.0, 39.2.0, 7.2",
        "99, 9.9, 99.9.9, "
    })
    void knowsTheJetPackOfAnL4t(String major, String revision, String l4t, String jetPack) {
        TegraRelease release = TegraRelease.of(
                        "# R" + major + " (release), REVISION: " + revision + ", GCID: 1, BOARD: generic")
                .orElseThrow();

        assertThat(release.l4t()).isEqualTo(l4t);
        assertThat(release.jetPack().orElse(null)).isEqualTo(jetPack);
    }

    @ParameterizedTest
    @CsvSource({
        "nvidia-l4t-core 36.4.3-20250107174145, 36.4.3",
        "'nvidia-l4t-core\t32.7.6-20241104234540', 32.7.6",
        "nvidia-l4t-core 35.1-1, 35.1.0"
    })
    void readsTheVersionOfThePackage(String line, String l4t) {
        assertThat(TegraRelease.of(line).orElseThrow().l4t()).isEqualTo(l4t);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "R36",
                "# R36 (release), REVISION: x.3",
                "dpkg-query: no packages found matching nvidia-l4t-core"
            })
    void knowsNoVersionOfAnythingElse(String text) {
        assertThat(TegraRelease.of(text)).isEmpty();
    }

    @Test
    void listsTheModesOfABoardAndItsDefault() {
        PowerModes modes = PowerModes.of(Saved.fixture("nvpmodel/jp6/conf.txt"));

        assertThat(modes.modes()).containsExactly(new Mode(0, "15W"), new Mode(1, "25W"), new Mode(2, "MAXN_SUPER"));
        assertThat(modes.defaultId()).hasValue(1);
        assertThat(modes.named("maxn_super")).contains(new Mode(2, "MAXN_SUPER"));
        assertThat(modes.numbered(1)).contains(new Mode(1, "25W"));
        assertThat(modes.numbered(3)).isEmpty();
    }

    @Test
    void readsModesInAnySpacing() {
        PowerModes modes = PowerModes.of("""
                <POWER_MODEL NAME=MAXN ID=0>
                  < POWER_MODEL  ID=1  NAME=5W > # note
                # < POWER_MODEL ID=2 NAME=OLD >
                < POWER_MODEL ID=x NAME=BAD >
                < POWER_MODEL ID=0 NAME=AGAIN >
                """);

        assertThat(modes.modes()).containsExactly(new Mode(0, "MAXN"), new Mode(1, "5W"));
        assertThat(modes.defaultId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NV Power Mode: 25W\\n1\\n | 25W | 1",
                "NVPM WARN: fan mode is not set!\\nNV Power Mode: MAXN\\n0\\n | MAXN | 0",
                "NV Fan Mode:quiet\\nNV Power Mode: MODE_15W_6CORE\\n2 | MODE_15W_6CORE | 2",
                "NVPM VERB: Current mode: NV Power Mode: 7W\\n3\\n | 7W | 3"
            })
    void readsTheModeThatABoardIsIn(String text, String name, int id) {
        NvpModel model = NvpModel.of(text.replace("\\n", "\n")).orElseThrow();

        assertThat(model.name()).isEqualTo(name);
        assertThat(model.id()).hasValue(id);
    }

    @Test
    void knowsNoModeWhereNvpmodelFails() {
        assertThat(NvpModel.of("NVPM ERROR: failed to read PARAM GPU\n")).isEmpty();
        assertThatThrownBy(() -> Saved.read("nvpmodel", "NVPM ERROR: failed to read PARAM GPU\n"))
                .hasMessageContaining("'NV Power Mode: NAME' of nvpmodel -q expected, 'NVPM ERROR");
    }

    @Test
    void countsAParameterThatIsCutOff() throws UnknownOutputException {
        ParsedTelemetry mode = Saved.read(
                "nvpmodel", "NV Power Mode: 25W\n1\nNVPM VERB: PARAM GPU: ARG MAX_FREQ: PATH /sys/x: REAL_VAL: 9\n");

        assertThat(mode.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "900, 900, 1, true",
        "900, 900, 0, false",
        "300, 900, 1, false",
    })
    void saysWhetherClocksCannotMove(long gpuMin, long gpuMax, int override, boolean locked)
            throws UnknownOutputException {
        String text = "cpu0: Online=1 Governor=schedutil MinFreq=5 MaxFreq=5 CurrentFreq=5\n"
                + "cpu1: Online=0 Governor=schedutil MinFreq=1 MaxFreq=5 CurrentFreq=1\n"
                + "GPU MinFreq=" + gpuMin + " MaxFreq=" + gpuMax + " CurrentFreq=900\n"
                + "EMC MinFreq=1 MaxFreq=9 CurrentFreq=9 FreqOverride=" + override + "\n";

        assertThat(JetsonClocks.read(SourceText.of(text)).locked()).contains(locked);
    }

    @Test
    void doesNotSayThatClocksAreLockedWithoutAGpu() throws UnknownOutputException {
        assertThat(JetsonClocks.read(SourceText.of("cpu0: Online=1 MinFreq=5 MaxFreq=5 CurrentFreq=5\n"))
                        .locked())
                .isEmpty();
    }

    @Test
    void readsClocksBetweenPromptsAndPadding() throws UnknownOutputException {
        ParsedTelemetry clocks = Saved.read("jetson-clocks", """
                [sudo] password for user:                    \s
                SOC family:tegra210  Machine:A Board         \s
                cpu0: Online=1 Gonvernor=interactive MinFreq=102000 MaxFreq=1479000 CurrentFreq=1224000   \s
                GPU MinFreq=76800000 MaxFreq=921600000 CurrentFreq=9x1600000
                Failed to retrieve unit state: Access denied
                Fan: speed=80
                """);

        assertThat(Fixtures.values(clocks))
                .containsEntry("frequency/cpu0", 1.224e9)
                .doesNotContainKey("frequency/gpu");
        assertThat(Fixtures.fact(clocks, "machine")).isEqualTo("A Board");
        assertThat(Fixtures.fact(clocks, "fan_speed")).isEqualTo(80L);
        assertThat(Fixtures.fact(clocks, "cpus").toString()).contains("governor=interactive");
        assertThat(clocks.skipped()).isEqualTo(3);
    }

    @Test
    void readsAMonitorThatAnswersNotAlways() throws UnknownOutputException {
        ParsedTelemetry rails = Saved.read("ina3221", """
                /sys/h/hwmon3/in1_label:VDD_IN
                cat: /sys/h/hwmon3/curr1_input: Resource temporarily unavailable
                /sys/h/hwmon3/in1_input:5000
                /sys/h/hwmon3/curr1_input:1000
                /sys/h/hwmon3/in1_input:4900
                /sys/class/hwmon/hwmon3/in1_input:4900
                """);

        assertThat(rails.samples())
                .extracting(reading -> reading.channel() + "=" + reading.value())
                .isEqualTo(
                        List.of("voltage/VDD_IN=5.0", "power/VDD_IN=4.9", "voltage/VDD_IN=4.9", "current/VDD_IN=1.0"));
        assertThat(rails.skipped()).isEqualTo(1);
    }

    @Test
    void takesNoInputWithoutAName() throws UnknownOutputException {
        String named = "/sys/h/hwmon3/in1_input:5000\n/sys/h/hwmon3/in1_label:VDD_IN\n";
        String unnamed = "/sys/h/hwmon3/in2_input:5000\n";

        assertThat(Fixtures.fact(Saved.read("ina3221", named + unnamed), "unnamed"))
                .isEqualTo(1L);
        assertThatThrownBy(() -> Saved.read("ina3221", unnamed)).hasMessageContaining("the name beside it");
    }

    @Test
    void readsFilesAsHeadPrintsThem() throws UnknownOutputException {
        assertThat(Fixtures.values(Saved.read("ina3221", """
                ==> /sys/h/hwmon3/curr2_input <==
                1500

                ==> /sys/h/hwmon3/in2_input <==
                5000

                ==> /sys/h/hwmon3/in2_label <==
                VDD_SOC
                """))).containsEntry("power/VDD_SOC", 7.5);
    }
}
