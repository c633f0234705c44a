package dev.melt.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Unit;
import org.junit.jupiter.api.Test;

class RailFiguresTest {
    /** One second of prefill, then four tokens, one each second. */
    private final TestingEvidence evidence = new TestingEvidence().turn(0, 10, 64, 1, 2, 3, 4, 5);

    private void rail(String site, String source, double watts) {
        evidence.sampled(Quantities.POWER, site, Unit.WATT, source, 5, 20, t -> watts);
    }

    @Test
    void eachRailHasItsEnergiesOfEachPhase() {
        rail("VDD_GPU_SOC", "ina3221", 4);
        rail("VDD_CPU_CV", "ina3221", 2);

        var figures = evidence.figures();

        assertThat(figures.trial("rail_energy/VDD_GPU_SOC").orElseThrow()).isCloseTo(20, within(1e-6));
        assertThat(figures.trial("rail_energy_prefill/VDD_GPU_SOC").orElseThrow())
                .isCloseTo(4, within(1e-6));
        assertThat(figures.trial("rail_energy_decode/VDD_GPU_SOC").orElseThrow())
                .isCloseTo(12, within(1e-6));
        assertThat(figures.trial("rail_energy/VDD_CPU_CV").orElseThrow()).isCloseTo(10, within(1e-6));
        assertThat(figures.ofTrial("rail_energy/VDD_CPU_CV").grade()).contains("B");
    }

    @Test
    void aBatteryIsNoRail() {
        evidence.sampled(Quantities.POWER, "battery", Unit.WATT, "fuel-gauge", 5, 20, t -> 3);

        assertThat(evidence.figures().trial("rail_energy/battery")).isEmpty();
    }

    @Test
    void twoProgramsThatReadOneRailAndDifferForbidQuoting() {
        rail("VDD_IN", "ina3221", 10);
        rail("VDD_IN.tegrastats", "tegrastats", 11.5);

        assertThat(evidence.warnings())
                .extracting(Warning::validity, Warning::evidence)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        Validity.POWER_DISAGREES, "VDD_IN: mean 10.00 W, tegrastats says 11.50 W (+15 %)"));
    }

    @Test
    void aDifferenceOfATenthIsNone() {
        rail("VDD_IN", "ina3221", 10);
        rail("VDD_IN.tegrastats", "tegrastats", 10.9);

        assertThat(evidence.warnings()).extracting(Warning::validity).doesNotContain(Validity.POWER_DISAGREES);
    }

    @Test
    void aRailThatIsVoltsTimesAmperesIsComparedToo() {
        evidence.sampled(Quantities.VOLTAGE, "VDD_CPU_CV", Unit.VOLT, "ina3221", 5, 20, t -> 20);
        evidence.sampled(Quantities.CURRENT, "VDD_CPU_CV", Unit.AMPERE, "ina3221", 5, 20, t -> 0.5);
        rail("VDD_CPU_CV.tegrastats", "tegrastats", 5);

        assertThat(evidence.warnings())
                .extracting(Warning::evidence)
                .contains("VDD_CPU_CV: mean 10.00 W, tegrastats says 5.00 W (-50 %)");
    }

    @Test
    void lessThanFiveSecondsAreNotCompared() {
        evidence.sampled(Quantities.POWER, "VDD_IN", Unit.WATT, "ina3221", 10, 14.5, t -> 10);
        evidence.sampled(Quantities.POWER, "VDD_IN.tegrastats", Unit.WATT, "tegrastats", 10, 14.5, t -> 5);

        assertThat(evidence.warnings()).extracting(Warning::validity).doesNotContain(Validity.POWER_DISAGREES);
    }
}
