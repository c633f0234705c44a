package dev.melt.core.linux;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.ParsedTelemetry;
import dev.melt.core.parse.ParsedTelemetry.Reading;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RAPL, from the kernel's files and through perf. */
class EnergyCountersTest {
    private static final String AT = "/sys/class/powercap/";

    private static ParsedTelemetry written(TelemetryRecord read) {
        TelemetryBuilder out = new TelemetryBuilder();
        read.writeTo(out);
        return out.build("energy");
    }

    private static ParsedTelemetry perf(String text) throws UnknownOutputException {
        return written(PerfEnergy.read(SourceText.of(text)));
    }

    private static String fact(ParsedTelemetry parsed, String key) {
        return requireNonNull(parsed.facts().get(key), key).json().toString();
    }

    private static List<String> rows(ParsedTelemetry parsed) {
        return parsed.samples().stream()
                .map(reading -> reading.channel() + " " + reading.value()
                        + (reading.t().isPresent() ? " " + reading.t().getAsDouble() : ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "900000, 950000, 0.05, 0",
        "900000, 100000, 0.2, 1",
        "900000, 900000, 0, 0",
    })
    void addsTheRangeWhereACounterFell(long before, long after, double joules, long wraps)
            throws UnknownOutputException {
        RaplDomain domain = Rapl.read(SourceText.of(AT + "intel-rapl:0/energy_uj:" + before + "\n" + AT
                        + "intel-rapl:0/max_energy_range_uj:1000000\n" + AT + "intel-rapl:0/energy_uj:" + after + "\n"))
                .domains()
                .get(0);

        assertThat(domain.joules()).hasValue(joules);
        assertThat(domain.wraps()).isEqualTo(wraps);
    }

    @Test
    void givesNoDifferenceOfACounterThatFellFromANumberThatNobodyKnows() throws UnknownOutputException {
        RaplDomain domain = Rapl.read(
                        SourceText.of(AT + "intel-rapl:0/energy_uj:9\n" + AT + "intel-rapl:0/energy_uj:8\n"))
                .domains()
                .get(0);

        assertThat(domain.joules()).isEmpty();
        assertThat(domain.wraps()).isEqualTo(1);
    }

    @Test
    void tellsPartsOfTwoPackagesApartAndTakesEachCounterOnce() throws UnknownOutputException {
        ParsedTelemetry rapl = written(Rapl.read(SourceText.of("""
                /sys/class/powercap/intel-rapl:0/name:package-0
                /sys/class/powercap/intel-rapl:0/energy_uj:1000000
                /sys/class/powercap/intel-rapl:0/intel-rapl:0:0/name:dram
                /sys/class/powercap/intel-rapl:0/intel-rapl:0:0/energy_uj:2000000
                /sys/class/powercap/intel-rapl:0:0/energy_uj:2000001
                /sys/class/powercap/intel-rapl:1/name:package-1
                /sys/class/powercap/intel-rapl:1/energy_uj:3000000
                /sys/class/powercap/intel-rapl:1/enabled:1
                /sys/class/powercap/intel-rapl:1:0/name:dram
                /sys/class/powercap/intel-rapl:1:0/energy_uj:4000000
                /sys/class/powercap/intel-rapl-mmio:0/name:package-0
                /sys/class/powercap/intel-rapl-mmio:0/energy_uj:1000001
                grep: /sys/class/powercap/intel-rapl:2/energy_uj: Permission denied
                """)));

        assertThat(rows(rapl))
                .isEqualTo(List.of(
                        "energy/package-0 1.0", "energy/dram-0 2.0", "energy/package-1 3.0", "energy/dram-1 4.0"));
        assertThat(rapl.facts()).containsKey("duplicates");
        assertThat(rapl.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t=10 | t=12.5 | 10 | 12.5",
                "1700000000.25 | 1700000001 | 1700000000.25 | 1700000001",
                "# first read | # 2 s later | 0 | 2"
            })
    void takesTheTimeFromBetweenReadings(String first, String second, double from, double to)
            throws UnknownOutputException {
        String counter = AT + "intel-rapl:0/energy_uj:1\n";

        assertThat(written(Rapl.read(SourceText.of(first + "\n" + counter + second + "\n" + counter)))
                        .samples())
                .extracting(reading -> reading.t().orElseThrow())
                .isEqualTo(List.of(from, to));
    }

    @Test
    void saysThatOnlyRootMayReadCounters() {
        assertThatThrownBy(() -> Rapl.read(SourceText.of(AT + "intel-rapl:0/name:package-0\n")))
                .hasMessageContaining("only root may read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12.74 Joules power/energy-pkg/ | energy/pkg 12.74",
                "0,05 Joules power/energy-pkg/ | energy/pkg 0.05",
                "1,234.56 Joules power/energy-pkg/ | energy/pkg 1234.56",
                "1.234,56 Joules power/energy-pkg/ | energy/pkg 1234.56",
                "1 234,56 Joules power/energy-pkg/ | energy/pkg 1234.56",
                "1\u202f234,56 Joules power/energy-pkg/ | energy/pkg 1234.56",
                "12.74 Joules power/energy-pkg/ ( +- 0.52% ) | energy/pkg 12.74",
                "12.74 Joules power_core/energy-core/u | energy/core 12.74",
                "S0 1 12.74 Joules power/energy-pkg/ | energy/pkg-S0 12.74",
                "1.001064451 12.74 Joules power/energy-pkg/ | energy/pkg 12.74 1.001064451",
                "1,001064451 12,74 Joules power/energy-pkg/ | energy/pkg 12.74 1.001064451",
                "12.74,Joules,power/energy-pkg/,1000,100.00,, | energy/pkg 12.74",
                "12,74,Joules,power/energy-pkg/,1000,100,00,, | energy/pkg 12.74",
                "12,74;Joules;power/energy-pkg/;1000;100,00;; | energy/pkg 12.74",
                "1.001064451,12.74,Joules,power/energy-pkg/,1000,100.00,, | energy/pkg 12.74 1.001064451",
                "1,001064451,12,74,Joules,power/energy-pkg/,1000,100,00,, | energy/pkg 12.74 1.001064451",
                "S1,1,12.74,Joules,power/energy-ram/,1000,100.00,, | energy/ram-S1 12.74",
                "CPU3,12.74,Joules,power/energy-pkg/,1000,100.00,, | energy/pkg-CPU3 12.74"
            })
    void readsPerfInEveryLanguageAndForm(String line, String row) throws UnknownOutputException {
        ParsedTelemetry read = perf(line + "\n");

        assertThat(rows(read)).containsExactly(row);
        assertThat(read.skipped()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<not supported> Joules power/energy-psys/",
                "<not supported>      power/energy-psys/",
                "<not counted>,Joules,power/energy-psys/,0,100.00,,",
                "<not supported>,,power/energy-psys/,0,100.00,,"
            })
    void givesNoFigureOfAnEventThatIsNotThere(String line) throws UnknownOutputException {
        ParsedTelemetry read = perf(line + "\n3.50 Joules power/energy-pkg/\n");

        assertThat(read.samples()).extracting(Reading::channel).isEqualTo(List.of("energy/pkg"));
        assertThat(fact(read, "unavailable")).contains("psys").contains("not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x.74 Joules power/energy-ram/", "1,234 Joules power/energy-ram/", "##?##"})
    void skipsWhatIsNoNumberOrOneOfTwo(String line) throws UnknownOutputException {
        ParsedTelemetry read = perf("3.50 Joules power/energy-pkg/\n" + line + "\n");

        assertThat(rows(read)).containsExactly("energy/pkg 3.5");
        assertThat(read.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event syntax error: 'power/energy-pkg/'\n                     \\___ Cannot find PMU `power'\n",
                "Error:\nAccess to performance monitoring and observability operations is limited.\n",
                " 54,321,000      power/energy-pkg/\n",
                " 1,234,567      cycles\n"
            })
    void refusesWhatPerfSaysWithoutEnergy(String text) {
        assertThatThrownBy(() -> perf(text))
                .isInstanceOf(UnknownOutputException.class)
                .hasMessageContaining("of perf stat expected");
    }

    @Test
    void takesNoOtherEventForEnergy() throws UnknownOutputException {
        ParsedTelemetry read = perf("""
                # started on Tue Jan  2 03:04:05 2026

                 Performance counter stats for 'system wide' (3 runs):

                      3.50 Joules power/energy-pkg/     ( +-  0.10% )
                     1,234,567      cycles               #    1.2 GHz

                    2.0000 +- 0.0010 seconds time elapsed  ( +-  0.05% )
                    1.500000000 seconds user
                """);

        assertThat(Map.of(
                        "rows", rows(read),
                        "skipped", read.skipped()))
                .isEqualTo(Map.of(
                        "rows",
                        List.of("energy/pkg 3.5", "power_avg/pkg 1.75", "duration/elapsed 2.0", "duration/user 1.5"),
                        "skipped",
                        0L));
    }
}
