package dev.melt.jetson.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.SourceText;
import dev.melt.testkit.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes lines of tegrastats hard to read. */
class TegraStatsTest {
    private static final String HEAD = "RAM 100/200MB (lfb 1x4MB) CPU [5%@729,off] ";
    private static final String WHOLE = HEAD + "GR3D_FREQ 9%@611 cpu@40.5C VDD_IN 4067mW/4000mW VDD_SOC 900mW/901mW\n";

    private static ParsedTelemetry read(String text) throws UnknownOutputException {
        return Saved.read("tegrastats", text);
    }

    private static Map<String, Double> values(String line) throws UnknownOutputException {
        return Fixtures.values(read(line + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GR3D_FREQ 0%; utilisation/gpu; 0",
                "GR3D_FREQ 63%@[621]; frequency/gpu; 621e6",
                "GR3D_FREQ 63%@[305,408]; frequency/gpu-2; 408e6",
                "GR3D_FREQ @[305,408]; frequency/gpu; 305e6",
                "GR3D_FREQ @611; frequency/gpu; 611e6",
                "GR3D2_FREQ 4%@611; utilisation/gpu2; 0.04",
                "EMC_FREQ 100%@1600; utilisation/emc; 1",
                "EMC_FREQ @1600; frequency/emc; 1600e6",
                "NVENC 716; frequency/NVENC; 716e6",
                "NVENC 3%@[550]; utilisation/NVENC; 0.03",
                "GPU 1155/1101; power/GPU; 1.155",
                "GPU 1155/1101; power_avg/GPU; 1.101",
                "GPU@28C; temperature/GPU; 28",
                "VDD_IN 4548mW/4549mW/5000mW; power_max/VDD_IN; 5",
                "VDD_IN 4548/4549/5000; power_max/VDD_IN; 5",
                "VDD_IN 4548mW; power/VDD_IN; 4.548",
                "cpu@-45.5C; temperature/cpu; -45.5",
                "PMIC@41.5C; temperature/PMIC; 41.5",
                "SWAP 1/2MB (cached 0MB); memory/swap-used; 1048576",
                "IRAM 1/252kB(lfb 251kB); memory/iram-used; 1024",
                "IRAM 1/252kB(lfb 251kB); memory/iram-largest-free-block; 257024"
            })
    void tellsWhatANameIsByWhatFollowsIt(String item, String channel, double value) throws UnknownOutputException {
        assertThat(values(HEAD + item)).containsEntry(channel, value);
        assertThat(read(HEAD + item + "\n").facts()).doesNotContainKey("not_understood");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu@-256C",
                "cpu@-256C/40C",
                "PMIC@100C",
                "PMIC@50C",
                "NC 0mW/0mW",
                "NVDEC off",
                "NVDEC    off",
                "GR3D_FREQ off",
                "EDP limit 1530"
            })
    void givesNoFigureWhereThereIsNone(String item) throws UnknownOutputException {
        assertThat(values(HEAD + item).keySet())
                .filteredOn(channel -> !channel.startsWith("temperature_max"))
                .containsExactlyInAnyOrderElementsOf(values(HEAD).keySet());
        assertThat(read(HEAD + item + "\n").facts()).doesNotContainKey("not_understood");
    }

    @Test
    void keepsThePlaceOfACoreThatIsOff() throws UnknownOutputException {
        assertThat(values("RAM 1/2MB (lfb 1x512kB) CPU [off,7%@1190,off,2%] SWAP 0/1MB (cached 0MB)"))
                .containsEntry("utilisation/cpu1", 0.07)
                .containsEntry("utilisation/cpu3", 0.02)
                .containsEntry("cores/on", 2.0)
                .containsEntry("memory/largest-free-block", 524288.0)
                .doesNotContainKeys("utilisation/cpu0", "frequency/cpu0", "utilisation/cpu2", "frequency/cpu3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[12.5] nvgpu: 17000000.gpu railgated",
                "RAM 100/200MB (lfb 1x4MB) CPU [5%@729,o",
                "RAM 100/200MB (lfb 1x4MB) CPU [5%@729,7x%@729] VDD_IN 4067mW/4000mW",
                "RAM 100/200MB (lfb 1x4MB) CPU [5%@729,101%@729] VDD_IN 4067mW/4000mW",
                "RAM 100/200MB (lfb 1x4MB)",
                "CPU [5%@729,off]",
                "RAM 100/200MB (lfb 1x4RAM 100/200MB (lfb 1x4MB) CPU [5%@729,off] VDD_IN 4067mW/4000mW",
                HEAD + "GR3D_FREQ 9%@61",
                HEAD + "GR3D_FREQ 9%@611 cpu@40.5C VDD_IN 4067mW/4000mW",
                HEAD + "GR3D_FREQ 9%@611 cpu@40.5C VDD_IN 4067mW/4000mW VDD_SOC 900mW/90",
                HEAD + "GR3D_FREQ 9%@611 cpu@40.5C VDD_IN 40z67mW/4000mW VDD_SOC 900mW/901mW"
            })
    void skipsADamagedLineAndReadsTheRest(String line) throws UnknownOutputException {
        ParsedTelemetry log = read(WHOLE + line + "\n" + WHOLE);

        assertThat(log.samples()).isEqualTo(read(WHOLE + WHOLE).samples());
        assertThat(log.skipped()).isEqualTo(line.isEmpty() ? 0 : 1);
    }

    @Test
    void skipsALastLineWhoseNumberMayLackDigits() throws UnknownOutputException {
        ParsedTelemetry log = read(WHOLE + HEAD + "GR3D_FREQ 9%@611 cpu@40.5C VDD_IN 4067/4000");

        assertThat(log.samples()).isEqualTo(read(WHOLE).samples());
        assertThat(log.skipped()).isEqualTo(1);
    }

    @Test
    void refusesOneLineThatBreaksOff() {
        assertThatThrownBy(() -> read(HEAD + "VDD_IN 4067/40")).hasMessageContaining("it breaks off after");
    }

    @Test
    void readsAFormThatHasSomethingNewInIt() throws UnknownOutputException {
        ParsedTelemetry log = read(HEAD + "QUX{7} VDD_IN 4067mW/4000mW\n");

        assertThat(Fixtures.values(log)).containsEntry("power/VDD_IN", 4.067);
        assertThat(Fixtures.fact(log, "not_understood")).isEqualTo("QUX{7}");
    }

    @Test
    void readsBehindAPromptForAPassword() throws UnknownOutputException {
        assertThat(read("[sudo] password for user: " + WHOLE).samples())
                .isEqualTo(read(WHOLE).samples());
    }

    @ParameterizedTest
    @CsvSource({
        "02-28-2024 23:59:59, 03-01-2024 00:00:00, 0, 86401",
        "2024-02-28 23:59:59.250, 2024-02-28T23:59:59.350Z, 0, 0.1",
        "1709161199.250, 1709161199.350, 1709161199.25, 1709161199.35",
        "'[   12.345678]', '[   12.445678]', 12.345678, 12.445678"
    })
    void countsTimeByTheStampOfALine(String first, String second, double from, double to)
            throws UnknownOutputException {
        assertThat(read(first + " " + WHOLE + second + " " + WHOLE).samples())
                .filteredOn(reading -> reading.channel().equals("power/VDD_IN"))
                .extracting(reading -> reading.t().orElseThrow())
                .isEqualTo(List.of(from, to));
    }

    @Test
    void givesNoTimeOfADayThatThereIsNot() throws UnknownOutputException {
        assertThat(read("13-45-2024 23:59:59 " + WHOLE).samples())
                .allSatisfy(reading -> assertThat(reading.t()).isEmpty());
    }

    @Test
    void tellsOnceWhatALongLogLeavesOut() throws UnknownOutputException {
        String line = HEAD + "cpu@-256C VDD_IN 4067mW/4000mW\n";

        assertThat((List<?>) Fixtures.fact(read(line.repeat(3)), "left_out")).hasSize(1);
    }

    @Test
    void findsARailForWhoeverAsks() throws UnknownOutputException {
        TegraStats stats = TegraStats.read(SourceText.of(WHOLE));

        assertThat(stats.lines().get(0).rail("VDD_IN").orElseThrow().watts()).isEqualTo(4.067);
        assertThat(stats.lines().get(0).rail("VIN")).isEmpty();
    }
}
