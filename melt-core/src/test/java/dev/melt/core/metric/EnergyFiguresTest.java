package dev.melt.core.metric;

import static dev.melt.core.metric.LatencyFiguresTest.evenly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Unit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EnergyFiguresTest {
    /** 1 s of prefill from 10 s on, then 40 steps of 0.1 s. */
    private static TestingEvidence oneTurn() {
        return new TestingEvidence().turn(0, 10, 50, 1, evenly(1, 0.1, 41));
    }

    @Test
    void splitsEnergyIntoPrefillAndDecode() {
        // 10 W up to 11 s, then 4 W; the step lies within one sample, so the trapezoid is off by 0.3 J at most
        var figures = oneTurn().rail(5, 20, t -> t < 10.999 ? 10 : 4).figures();

        assertThat(figures.trial("energy_prefill").orElseThrow()).isCloseTo(10, within(0.3001));
        assertThat(figures.trial("energy_decode").orElseThrow()).isCloseTo(16, within(1e-6));
        assertThat(figures.trial("energy").orElseThrow())
                .isCloseTo(figures.trial("energy_prefill").orElseThrow() + 16, within(1e-6));
        assertThat(figures.trial("energy_per_token_decode").orElseThrow()).isCloseTo(0.4, within(1e-6));
        assertThat(figures.trial("power_peak")).hasValue(10);
    }

    @Test
    void idlePowerOfTheSameSourceIsTakenOff() {
        TestingEvidence evidence = oneTurn().rail(5, 20, t -> 10);
        evidence.idle = Optional.of(new IdlePower(2, 3, "ina3221: VDD_IN (input rail of the board)"));

        MetricValue net = evidence.figures().ofTrial("energy_net");
        assertThat(net.value()).isCloseTo(50 - 2.5 * 5, within(1e-6));
        assertThat(net.uncertainty().orElseThrow()).isCloseTo(0.5 * 5, within(1e-6));
        assertThat(evidence.figures().trial("power_idle")).hasValue(2.5);
    }

    @Test
    void idlePowerOfAnotherSourceIsNotTakenOff() {
        TestingEvidence evidence = oneTurn().rail(5, 20, t -> 10);
        evidence.idle = Optional.of(new IdlePower(2, 3, "fuel-gauge: battery (battery)"));

        assertThat(evidence.figures().trial("energy_net")).isEmpty();
    }

    @Test
    void aRaplCounterGivesTheSameEnergyAsItsPower() {
        var figures = oneTurn()
                .sampled(Quantities.ENERGY, "package-0", Unit.JOULE, "rapl", 5, 20, t -> 7 * (t - 5))
                .figures();

        MetricValue energy = figures.ofTrial("energy");
        assertThat(energy.value()).isCloseTo(35, within(1e-6));
        assertThat(energy.grade()).contains("B");
        assertThat(figures.trial("power_mean").orElseThrow()).isCloseTo(7, within(1e-6));
        assertThat(figures.trial("power_peak").orElseThrow()).isCloseTo(7, within(1e-6));
    }

    @Test
    void theSumOverTurnsLeavesPausesOut() {
        var figures = new TestingEvidence()
                .turn(0, 10, 8, 0.5, evenly(0.5, 0.1, 16))
                .turn(1, 20, 8, 0.5, evenly(0.5, 0.1, 26))
                .rail(5, 30, t -> 10)
                .figures();

        assertThat(figures.trial("energy").orElseThrow()).isCloseTo(20 + 30, within(1e-6));
        assertThat(figures.trial("power_mean").orElseThrow()).isCloseTo(10, within(1e-6));
    }

    @Test
    void aWindowOfNineteenSamplesIsFlaggedAndOneOfTwentyIsNot() {
        // a turn from 10.05 on holds a sample at 10.1, 10.2, ...
        TestingEvidence nineteen =
                new TestingEvidence().turn(0, 10.05, 8, 0.01, 0.01, 1.90).rail(5, 30, t -> 10);
        TestingEvidence twenty =
                new TestingEvidence().turn(0, 10.05, 8, 0.01, 0.01, 2.00).rail(5, 30, t -> 10);

        assertThat(nineteen.warnings())
                .contains(
                        new Warning(
                                Validity.TOO_FEW_SAMPLES,
                                "energy rests on 19 samples in 1.90 s of ina3221: VDD_IN (input rail of the board); 20 are needed"));
        assertThat(twenty.warnings()).extracting(Warning::evidence).noneMatch(e -> e.startsWith("energy rests"));
    }

    @Test
    void aGaugeThatIsReadMoreOftenThanItIsRenewedHasFewerSamples() {
        // read ten times a second, renewed once a second: 5 s are 5 samples
        TestingEvidence evidence = oneTurn()
                .sampled(
                        Quantities.POWER, "battery", Unit.WATT, "fuel-gauge", 0, 30, t -> 3 + Math.floor(t + 1e-6) % 2);

        assertThat(evidence.warnings())
                .extracting(Warning::evidence)
                .anyMatch(e -> e.startsWith("energy rests on 5 samples"));
    }

    @Test
    void chargeGivesTurnsPerCharge() {
        TestingEvidence evidence =
                oneTurn().sampled(Quantities.CURRENT, "battery", Unit.AMPERE, "fuel-gauge", 5, 20, t -> 0.72);
        evidence.device = new DeviceFacts(
                OptionalInt.empty(), OptionalDouble.of(4000), OptionalDouble.empty(), OptionalDouble.empty(), Map.of());

        var figures = evidence.figures();
        assertThat(figures.trial("discharge").orElseThrow()).isCloseTo(1.0, within(1e-6));
        assertThat(figures.trial("discharge_per_turn").orElseThrow()).isCloseTo(1.0, within(1e-6));
        assertThat(figures.trial("discharge_per_token").orElseThrow()).isCloseTo(1.0 / 41, within(1e-6));
        assertThat(figures.trial("turns_per_charge").orElseThrow()).isCloseTo(4000, within(1e-3));
    }

    @Test
    void aTrialWithAnUncoveredTurnHasNoSum() {
        var figures = new TestingEvidence()
                .turn(0, 10, 8, 0.5, evenly(0.5, 0.1, 16))
                .turn(1, 20, 8, 0.5, evenly(0.5, 0.1, 16))
                .rail(5, 15, t -> 10)
                .figures();

        assertThat(figures.turn("energy", 0).orElseThrow()).isCloseTo(20, within(1e-6));
        assertThat(figures.turn("energy", 1)).isEmpty();
        assertThat(figures.trial("energy")).isEmpty();
    }

    @Test
    void withoutAPowerChannelThereIsNoEnergy() {
        assertThat(oneTurn().figures().all())
                .extracting(MetricValue::metric)
                .noneMatch(m -> m.startsWith("energy") || m.startsWith("power") || m.startsWith("discharge"));
    }
}
