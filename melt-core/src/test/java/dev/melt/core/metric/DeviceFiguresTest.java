package dev.melt.core.metric;

import static dev.melt.core.metric.LatencyFiguresTest.evenly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.telemetry.Unit;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class DeviceFiguresTest {
    @Test
    void temperatureStartsWithTheFirstTurnAndPeaksAfterTheLast() {
        var figures = new TestingEvidence()
                .busy(0, 10, 20)
                .sampled(Quantities.TEMPERATURE, "cpu", Unit.CELSIUS, "thermal-zone", 0, 30, t -> t < 5 ? 60 : 30 + t)
                .figures();

        assertThat(figures.trial("temperature_start/cpu").orElseThrow()).isCloseTo(40, within(0.101));
        assertThat(figures.trial("temperature_peak/cpu").orElseThrow()).isCloseTo(60, within(1e-6));
        assertThat(figures.trial("temperature_rise/cpu").orElseThrow()).isCloseTo(20, within(0.101));
    }

    @Test
    void withoutCapsOrCoolingNothingIsSaidOfThrottling() {
        var figures = new TestingEvidence()
                .busy(0, 10, 20)
                .sampled(Quantities.FREQUENCY, "cpu0", Unit.HERTZ, "cpufreq", 0, 30, t -> 1e9)
                .figures();

        assertThat(figures.trial("throttle_time")).isEmpty();
    }

    @Test
    void aCapAtFullFrequencyIsAMeasuredZero() {
        var figures = capped(t -> 2.8e9).figures();

        assertThat(figures.trial("throttle_time")).hasValue(0);
        assertThat(figures.trial("time_to_throttle")).isEmpty();
        assertThat(figures.trial("turns_to_throttle")).isEmpty();
    }

    @Test
    void aCapOutsideTurnsIsNotThrottling() {
        assertThat(capped(t -> t > 21 ? 1e9 : 2.8e9).figures().trial("throttle_time"))
                .hasValue(0);
    }

    @Test
    void aCapThatStandsFromTheBeginningIsSeenAgainstWhatIsAllowed() {
        TestingEvidence evidence = capped(t -> 2e9);
        evidence.device = new DeviceFacts(
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Map.of("cpu0", 2.8e9));

        assertThat(evidence.figures().trial("throttle_time").orElseThrow()).isCloseTo(10, within(1e-6));
        assertThat(evidence.figures().trial("turns_to_throttle")).hasValue(0);
    }

    @Test
    void aFanIsNoThrottle() {
        TestingEvidence evidence = new TestingEvidence()
                .busy(0, 10, 20)
                .sampled(Quantities.COOLING, "Processor", Unit.RATIO, "cooling-device", 0, 30, t -> 0)
                .sampled(Quantities.COOLING, "pwm-fan", Unit.RATIO, "cooling-device", 0, 30, t -> 3);

        assertThat(evidence.figures().trial("throttle_time")).hasValue(0);
    }

    @Test
    void aCoolingDeviceAtWorkIsAThrottle() {
        TestingEvidence evidence = new TestingEvidence()
                .busy(0, 10, 20)
                .sampled(Quantities.COOLING, "cpufreq-0", Unit.RATIO, "cooling-device", 0, 30, t -> t > 17.95 ? 2 : 0);

        assertThat(evidence.figures().trial("throttle_time").orElseThrow()).isCloseTo(2, within(1e-6));
    }

    @Test
    void useOfTheHardwareNeedsItsPeaks() {
        TestingEvidence evidence = new TestingEvidence().turn(0, 0, 100, 1, evenly(1, 0.1, 21));
        evidence.model = new ModelFacts(
                OptionalLong.of(1_000_000_000),
                OptionalLong.of(1_100_000_000L),
                OptionalLong.of(200_000_000),
                OptionalDouble.of(100_000),
                "engine");
        assertThat(evidence.figures().trial("mbu")).isEmpty();
        assertThat(evidence.figures().trial("mfu")).isEmpty();

        evidence.device = new DeviceFacts(
                OptionalInt.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(50e9),
                OptionalDouble.of(1e12),
                Map.of());
        // (1e9 + 1e5 × (100 + 10.5)) × 10 / 50e9 and 2 × 1.1e9 × 100 / 1e12
        assertThat(evidence.figures().trial("mbu").orElseThrow()).isCloseTo(0.20221, within(1e-6));
        assertThat(evidence.figures().trial("mfu").orElseThrow()).isCloseTo(0.22, within(1e-6));
        assertThat(evidence.figures().trial("kv_bytes")).hasValue(200_000_000);
    }

    @Test
    void theRetainedRateComparesTheLastQuarterWithTheFirst() {
        TestingEvidence evidence = new TestingEvidence();
        for (int i = 0; i < 8; i++) {
            evidence.turn(i, i * 100, 8, 1, evenly(1, i < 6 ? 0.1 : 0.25, 11));
        }
        assertThat(evidence.figures().trial("retained_rate")).isEmpty();

        evidence.sustained = true;
        assertThat(evidence.figures().trial("retained_rate").orElseThrow()).isCloseTo(0.4, within(1e-6));
    }

    @Test
    void threeTurnsHaveNoPlateau() {
        TestingEvidence evidence = new TestingEvidence();
        evidence.sustained = true;
        for (int i = 0; i < 3; i++) {
            evidence.busy(i, i * 10, i * 10 + 5);
        }
        assertThat(evidence.figures().trial("retained_rate")).isEmpty();
        assertThat(evidence.busy(3, 30, 35).figures().trial("retained_rate")).isPresent();
    }

    @Test
    void peakMemoryIsTheLargestThatAnybodySaw() {
        TestingEvidence evidence = new TestingEvidence()
                .sampled(Quantities.MEMORY, Quantities.ENGINE_RSS, Unit.BYTE, "proc", 0, 1, t -> 1e9 + t);
        assertThat(evidence.figures().trial("peak_rss").orElseThrow()).isCloseTo(1e9 + 1, within(1e-6));

        evidence.peakRss = OptionalLong.of(1_200_000_000);
        assertThat(evidence.figures().trial("peak_rss")).hasValue(1.2e9);
    }

    private static TestingEvidence capped(DoubleUnaryOperator hertz) {
        return new TestingEvidence()
                .busy(0, 10, 20)
                .sampled(Quantities.FREQUENCY_CAP, "cpu0", Unit.HERTZ, "cpufreq", 0, 30, hertz);
    }

    @Test
    void theProportionalSetIsAFigureOnlyWhereItWasSampled() {
        assertThat(new TestingEvidence().figures().trial("peak_pss")).isEmpty();
        assertThat(new TestingEvidence()
                        .sampled(Quantities.MEMORY, Quantities.ENGINE_PSS, Unit.BYTE, "smaps", 0, 1, t -> 8e8 - t)
                        .figures()
                        .trial("peak_pss"))
                .hasValue(8e8);
    }
}
