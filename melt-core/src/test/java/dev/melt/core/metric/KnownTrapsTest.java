package dev.melt.core.metric;

import static dev.melt.core.metric.LatencyFiguresTest.evenly;
import static dev.melt.core.metric.TestingEvidence.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.Phase;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.summary.Aggregation;
import dev.melt.core.summary.TrialFigures;
import dev.melt.core.telemetry.Unit;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each is an error that a published harness made. */
class KnownTrapsTest {
    @Test
    void energyIsNotDividedByTheTokenCountTwice() {
        // 10 W over 2 s and 4 s: 60 J for 30 tokens
        TestingEvidence evidence = new TestingEvidence()
                .turn(0, 10, 8, 0.5, evenly(0.5, 1.5 / 9, 10))
                .turn(1, 20, 8, 0.5, evenly(0.5, 3.5 / 19, 20))
                .rail(0, 30, t -> 10);
        var figures = evidence.figures();
        assertThat(figures.trial("energy_per_token").orElseThrow()).isCloseTo(2.0, within(1e-6));
        assertThat(figures.trial("energy_per_token_melt").orElseThrow()).isCloseTo(2.0 / 3.6, within(1e-6));

        var summary = new Aggregation(1)
                .summarise(List.of(new TrialFigures("t0", Outcome.OK, "", figures.all()))).stream()
                        .filter(s -> s.metric().equals("energy_per_token"))
                        .findFirst()
                        .orElseThrow();
        assertThat(summary.median()).isCloseTo(2.0, within(1e-6));
    }

    @Test
    void aTimingBlockIsNotAttributedToTheNextPrompt() {
        TestingEvidence evidence =
                new TestingEvidence().turn(0, 0, 100, 1, 1.0, 1.1).turn(1, 10, 20, 1, 1.0, 1.5);
        Collections.reverse(evidence.events);

        var figures = evidence.figures();
        assertThat(figures.turn("prefill_rate", 0).orElseThrow()).isCloseTo(100, within(1e-6));
        assertThat(figures.turn("prefill_rate", 1).orElseThrow()).isCloseTo(20, within(1e-6));

        evidence.engine.add(new EnginePerf(0, 1, 20, 0.5, 1));
        evidence.engine.add(new EnginePerf(1, 1, 100, 0.1, 1));
        assertThat(evidence.warnings())
                .contains(new Warning(Validity.ENGINE_DISAGREES, "turn 0: 100 prompt tokens, engine says 20"));
    }

    @Test
    void theFirstGraphIsNotCountedAsDecode() {
        TestingEvidence evidence = new TestingEvidence().turn(0, 0, 100, 1, 1.0, 1.1, 1.2);
        evidence.events.add(op(Phase.PREFILL, 0, "MUL_MAT", 0.9));
        evidence.events.add(op(Phase.DECODE, 1, "MUL_MAT", 0.03));
        evidence.events.add(op(Phase.DECODE, 1, "ROPE", 0.01));

        var figures = evidence.figures();
        assertThat(figures.trial("decode_rate").orElseThrow()).isCloseTo(10, within(1e-6));
        assertThat(figures.trial("op_share/decode/MUL_MAT").orElseThrow()).isCloseTo(0.75, within(1e-9));
        assertThat(figures.trial("op_share/prefill/MUL_MAT")).hasValue(1);
    }

    @Test
    void joulesOfAWindowThatEndsOnAnotherClockCarryTheClocksError() {
        TestingEvidence evidence = new TestingEvidence()
                .turn(0, 1, 8, 0.5, evenly(1, 0.1, 31))
                .sampled(Quantities.POWER, "supply", Unit.WATT, "monsoon", 0, 8, t -> 6);
        assertThat(evidence.figures().ofTrial("energy").uncertainty()).hasValue(0);

        evidence.clockBound = 0.05;
        MetricValue energy = evidence.figures().ofTrial("energy");
        assertThat(energy.value()).isCloseTo(24, within(1e-6));
        assertThat(energy.uncertainty().orElseThrow()).isCloseTo(0.05 * 6, within(1e-9));
        assertThat(energy.grade()).contains("A");
    }

    @Test
    void aGapIsNotIntegratedAsZeroPower() {
        TestingEvidence evidence = new TestingEvidence()
                .turn(0, 1, 8, 0.5, evenly(1, 0.1, 31))
                .sampledAt(
                        Quantities.POWER,
                        "VDD_IN",
                        Unit.WATT,
                        "ina3221",
                        IntStream.range(0, 80)
                                .filter(i -> i <= 20 || i >= 32)
                                .mapToDouble(i -> i * 0.1)
                                .toArray(),
                        t -> 6);

        assertThat(evidence.figures().trial("energy")).isEmpty();
        assertThat(evidence.figures().trial("power_mean")).isEmpty();
        assertThat(evidence.warnings())
                .contains(
                        new Warning(Validity.TELEMETRY_GAP, "no sample for 1.20 s, 1.00 s after the first turn began"));
    }

    @Test
    void chargingCurrentIsNotCountedAsLoad() {
        TestingEvidence evidence = new TestingEvidence()
                .turn(0, 1, 8, 0.5, evenly(1, 0.1, 31))
                .turn(1, 10, 8, 0.5, evenly(1, 0.1, 31))
                .sampled(Quantities.CURRENT, "battery", Unit.AMPERE, "fuel-gauge", 0, 20, t -> t < 8 ? 0.5 : -1.2)
                .sampled(Quantities.VOLTAGE, "battery", Unit.VOLT, "fuel-gauge", 0, 20, t -> 4);

        var figures = evidence.figures();
        assertThat(figures.turn("energy", 0).orElseThrow()).isCloseTo(8, within(1e-6));
        assertThat(figures.turn("discharge", 0).orElseThrow()).isCloseTo(2 / 3.6, within(1e-6));
        assertThat(figures.turn("energy", 1)).isEmpty();
        assertThat(figures.turn("discharge", 1)).isEmpty();
        assertThat(figures.trial("energy")).isEmpty();
        assertThat(figures.trial("turns_per_charge")).isEmpty();
        assertThat(evidence.warnings()).extracting(Warning::validity).contains(Validity.CHARGING);
    }

    @Test
    void aShareOfTimeIsNotTheMeanOfPercentages() {
        // graph 1: 1 of 2 s, graph 2: 1 of 10 s. Time over time 2/12, mean of percentages 30 %
        TestingEvidence evidence = new TestingEvidence();
        evidence.events.add(op(Phase.DECODE, 1, "ROPE", 1));
        evidence.events.add(op(Phase.DECODE, 1, "MUL_MAT", 1));
        evidence.events.add(op(Phase.DECODE, 2, "ROPE", 1));
        evidence.events.add(op(Phase.DECODE, 2, "MUL_MAT", 9));

        assertThat(evidence.figures().trial("op_share/decode/ROPE").orElseThrow())
                .isCloseTo(2.0 / 12, within(1e-9));
    }

    @Test
    void tokensAreThoseThatTheEngineMadeAndNotARecountOfItsText() {
        TestingEvidence evidence = new TestingEvidence().turn(0, 0, 8, 0.1, evenly(1, 0.1, 11));
        evidence.events.removeIf(e -> e instanceof Event.Turn);
        evidence.events.add(new Event.Turn(0, 0, 0, nanos(2), 14, 0));

        assertThat(evidence.figures().trial("generated_tokens")).hasValue(11);
        assertThat(evidence.figures().trial("decode_rate").orElseThrow()).isCloseTo(10, within(1e-6));
    }

    @Test
    void aGraphBuildIsNoPartOfPrefill() {
        TestingEvidence evidence = new TestingEvidence().turn(0, 0, 100, 3, 3.0, 3.1);
        evidence.events.add(new Event.GraphPrepare(nanos(0.5), nanos(2.5)));

        var figures = evidence.figures();
        assertThat(figures.trial("graph_prepare_time")).hasValue(2);
        assertThat(figures.trial("prefill_time").orElseThrow()).isCloseTo(1, within(1e-9));
        assertThat(figures.trial("prefill_rate").orElseThrow()).isCloseTo(100, within(1e-6));
        assertThat(figures.trial("ttft")).hasValue(3);
    }

    @Test
    void aPhoneThatReportsThermalStatusZeroIsSeenToThrottleByItsFrequencyCap() {
        TestingEvidence evidence = new TestingEvidence()
                .busy(0, 10, 20)
                .busy(1, 20, 30)
                .sampled("thermal_status", "platform", Unit.RATIO, "thermal-service", 0, 40, t -> 0)
                .sampled(
                        Quantities.FREQUENCY_CAP, "cpu4", Unit.HERTZ, "cpufreq", 0, 40, t -> t < 24.95 ? 2.8e9 : 1.0e9);

        var figures = evidence.figures();
        assertThat(figures.trial("throttle_time").orElseThrow()).isCloseTo(5, within(1e-6));
        assertThat(figures.trial("time_to_throttle").orElseThrow()).isCloseTo(15, within(1e-6));
        assertThat(figures.trial("turns_to_throttle")).hasValue(1);
        assertThat(evidence.warnings())
                .contains(
                        new Warning(
                                Validity.THROTTLED,
                                "cpu4 capped at 1.00 of 2.80 GHz for 5.0 s of the turns, first 15.0 s after the first turn began"));
    }

    private static Event.Op op(Phase phase, int graph, String op, double seconds) {
        return new Event.Op(0, phase, graph, op, "t", "f16", "[1]", 0, nanos(seconds));
    }
}
