package dev.melt.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesFileTest {
    private static final String MS = "000000";

    private static TelemetryPlan plan(String quantity, Unit unit, Conversion conversion) {
        Channel channel = new Channel(quantity, "x", unit, "test");
        return new TelemetryPlan(
                List.of(new Probe("number", "/x", List.of(new Probe.Column(channel, conversion)))), List.of());
    }

    private static SamplesFile read(TelemetryPlan plan, String rows) throws IOException {
        String text = SamplesHeader.text(plan, 100_000) + "#clock vernier\n#origin_ns 1000000000\n" + rows;
        return SamplesFile.read(new StringReader(text));
    }

    private static SamplesFile scaled(String rows) throws IOException {
        return read(plan("temperature", Unit.CELSIUS, new Conversion.Scale(0.001)), rows);
    }

    @Test
    void describesItself() throws IOException {
        SamplesFile samples = scaled("1000000000\t0\t42500\n");
        Series series = samples.named("temperature/x").orElseThrow();
        assertThat(series.channel()).isEqualTo(new Channel("temperature", "x", Unit.CELSIUS, "test"));
        assertThat(series.values()).containsExactly(new double[] {42.5}, within(1e-9));
        assertThat(samples.notes()).containsExactly("clock vernier");
    }

    @Test
    void leavesOutWhatCouldNotBeRead() throws IOException {
        SamplesFile samples = scaled("1000000000\t0\t\n1100000000\t1\t43000\n");
        assertThat(samples.series().get(0).atNanos()).containsExactly(1_100_000_000L);
        assertThat(samples.damagedLines() + samples.damagedCells()).isZero();
    }

    @Test
    void leavesOutALastLineThatWasCut() throws IOException {
        SamplesFile samples = scaled("1000000000\t0\t42000\n1100000000\t1\t4");
        assertThat(samples.cut()).isTrue();
        assertThat(samples.series().get(0).values()).containsExactly(new double[] {42}, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\t1\t1", "1100000000\t1", "1100000000\t1\t1\t1", "", "1000000000\t1\t1", "999\t1\t1"})
    void countsDamagedLinesAndGoesOn(String damaged) throws IOException {
        SamplesFile samples = scaled("1000000000\t0\t1000\n" + damaged + "\n1200000000\t2\t3000\n");
        assertThat(samples.damagedLines()).isEqualTo(1);
        assertThat(samples.series().get(0).values()).containsExactly(1, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "NaN", "1e999", "0x1p"})
    void countsCellsThatAreNoNumbers(String cell) throws IOException {
        SamplesFile samples = scaled("1000000000\t0\t" + cell + "\n");
        assertThat(samples.damagedCells()).isEqualTo(1);
        assertThat(samples.series().get(0).size()).isZero();
    }

    @Test
    void survivesALineWithoutEnd() throws IOException {
        SamplesFile samples = scaled("9".repeat(1_000_000) + "\n1000000000\t0\t1000\n");
        assertThat(samples.damagedLines()).isEqualTo(1);
        assertThat(samples.series().get(0).size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1\t2\t3\n", "#melt-samples 2\n1\t0\n", "#melt-samples 1\n#column\ta\n"})
    void refusesAnUnknownForm(String text) {
        assertThatThrownBy(() -> SamplesFile.read(new StringReader(text)))
                .isInstanceOf(UnreadableSamplesException.class);
    }

    @Test
    void undoesTheWrapAroundOfACounter() throws IOException {
        // the reading of a real package, before and two seconds after its counter wrapped
        SamplesFile samples = read(
                plan("energy", Unit.JOULE, new Conversion.Counter(1e-6, 262_143_328_850L)),
                "1000000000\t0\t262143000000\n3000000000\t20\t9671150\n");
        assertThat(samples.named("energy/x").orElseThrow().values())
                .containsExactly(new double[] {0, 10}, within(1e-3));
        Series power = samples.named("power/x").orElseThrow();
        assertThat(power.values()).containsExactly(new double[] {5}, within(1e-3));
        assertThat(power.atNanos()).containsExactly(2_000_000_000L);
        assertThat(power.channel().source()).isEqualTo("difference of test");
    }

    @Test
    void countsNothingWhereACounterWithoutRangeWasReset() throws IOException {
        SamplesFile samples = read(
                plan("energy", Unit.JOULE, new Conversion.Counter(1, 0)),
                "1000000000\t0\t50\n1100000000\t1\t60\n1200000000\t2\t5\n1300000000\t3\t8\n");
        assertThat(samples.named("energy/x").orElseThrow().values()).containsExactly(0, 10, 10, 13);
    }

    @Test
    void takesTheBusyShareBetweenTicks() throws IOException {
        SamplesFile samples = read(plan("utilisation", Unit.RATIO, new Conversion.BusyShare()), """
                1000000000\t0\t 10 0 10 80 0 0 0 0 0 0
                1100000000\t1\t15 0 10 85 0 0 0 0 5 0
                1200000000\t2\t15 0 10 85 0 0 0 0 5 0
                """);
        assertThat(samples.series().get(0).values()).containsExactly(0.5);
    }

    @Test
    void takesNoRateWhereASumFell() throws IOException {
        SamplesFile samples = read(
                plan("utilisation", Unit.RATIO, new Conversion.Rate(0.01)),
                "1000000000\t0\t100\n1100000000\t1\t115\n1200000000\t2\t20\n1400000000\t4\t40\n");
        assertThat(samples.series().get(0).values()).containsExactly(new double[] {1.5, 1}, within(1e-9));
        assertThat(samples.series().get(0).atNanos()).containsExactly(1_100_000_000L, 1_400_000_000L);
    }

    @Test
    void multipliesVoltsAndAmperesOfOneSite() throws IOException {
        Channel volts = new Channel("voltage", "battery", Unit.VOLT, "fuel-gauge");
        Channel amperes = new Channel("current", "battery", Unit.AMPERE, "fuel-gauge");
        TelemetryPlan plan = new TelemetryPlan(
                List.of(
                        new Probe("number", "/v", List.of(new Probe.Column(volts, new Conversion.Scale(1e-6)))),
                        new Probe("number", "/a", List.of(new Probe.Column(amperes, new Conversion.Scale(1e-6))))),
                List.of());
        SamplesFile samples = read(plan, "1000000000\t0\t4000000\t\n1100000000\t1\t4000000\t500000\n");
        Series power = samples.named("power/battery").orElseThrow();
        assertThat(power.values()).containsExactly(new double[] {2}, within(1e-9));
        assertThat(power.atNanos()).containsExactly(1_100_000_000L);
    }

    @Test
    void findsMissedTicksGapsAndErrors() throws IOException {
        SamplingQuality quality = scaled(
                        "1001" + MS + "\t0\t1\n1102" + MS + "\t1\t1\n1400" + MS + "\t4\t1\n1450" + MS + "\t-\t1\n")
                .quality();
        assertThat(quality.expectedTicks()).isEqualTo(5);
        assertThat(quality.takenTicks()).isEqualTo(3);
        assertThat(quality.missedTicks()).isEqualTo(2);
        assertThat(quality.longestGapNanos()).hasValue(298_000_000);
        assertThat(quality.errorP50Nanos()).hasValue(1_000_000);
        assertThat(quality.errorMaxNanos()).hasValue(2_000_000);
        assertThat(quality.periodNanos()).isEqualTo(100_000_000);
    }

    @Test
    void saysNothingOfTheQualityOfNoSamples() throws IOException {
        SamplingQuality quality = scaled("").quality();
        assertThat(quality.longestGapNanos()).isEmpty();
        assertThat(quality.errorP99Nanos()).isEmpty();
        assertThat(quality.expectedTicks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scale 0.001", "rate 0.01", "counter 1.0E-6 262143328850", "busy-share"})
    void writesConversionsAsItReadsThem(String text) {
        assertThat(Conversion.ofText(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "scale", "scale x", "scale NaN", "counter 1", "counter 1 -1", "cube 1"})
    void refusesOtherConversions(String text) {
        assertThatThrownBy(() -> Conversion.ofText(text)).isInstanceOf(UnreadableSamplesException.class);
    }

    /** A cell a tick, the first at one second. */
    private static Series rail(String... cells) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            rows.append(1_000_000_000L + i * 100_000_000L)
                    .append('\t')
                    .append(i)
                    .append('\t')
                    .append(cells[i])
                    .append('\n');
        }
        return read(plan("energy", Unit.JOULE, new Conversion.RailEnergy(1e-6)), rows.toString())
                .named("energy/x")
                .orElseThrow();
    }

    @Test
    void stampsARailWithItsMetersOwnTime() throws IOException {
        Series rail = rail("T=980)[S2M_VDD_CPUCL2], 3000000000", "T=1085)[S2M_VDD_CPUCL2], 3000500000");
        assertThat(rail.atNanos()).containsExactly(980_000_000L, 1_085_000_000L);
        assertThat(rail.values()).containsExactly(new double[] {0, 0.5}, within(1e-9));
    }

    @Test
    void leavesOutAReadingThatItsMeterDidNotRenew() throws IOException {
        assertThat(rail("T=980)[A], 10", "T=980)[A], 10", "T=1180)[A], 30").atNanos())
                .containsExactly(980_000_000L, 1_180_000_000L);
    }

    @Test
    void stampsARailWithTheTickWhereItsMeterHasAClockOfItsOwn() throws IOException {
        assertThat(rail("T=99980)[A], 10", "T=100080)[A], 20").atNanos())
                .containsExactly(1_000_000_000L, 1_100_000_000L);
        assertThat(rail("A], 10", "A], 20").atNanos()).containsExactly(1_000_000_000L, 1_100_000_000L);
    }

    @Test
    void aRailThatStartsAgainLosesNothingOfWhatItHadCounted() throws IOException {
        assertThat(rail("T=1)[A], 1000000", "T=2)[A], 3000000", "T=3)[A], 0", "T=4)[A], 500000")
                        .values())
                .containsExactly(new double[] {0, 2, 2, 2.5}, within(1e-9));
    }

    @Test
    void countsWhatIsNoReadingOfARail() throws IOException {
        SamplesFile samples =
                read(plan("energy", Unit.JOULE, new Conversion.RailEnergy(1e-6)), "1000000000\t0\tT=980)[A], x\n");
        assertThat(samples.damagedCells()).isEqualTo(1);
    }

    @Test
    void leavesOutOfAMeasuredTrialWhatHoldsTheEngineUp() {
        Probe disturbing = new Probe("smaps:pss", "", List.of(), true);
        Probe quiet = new Probe("engine-rss", "", List.of());
        assertThat(new TelemetryPlan(List.of(disturbing, quiet), List.of())
                        .undisturbed()
                        .probes())
                .containsExactly(quiet);
    }
}
