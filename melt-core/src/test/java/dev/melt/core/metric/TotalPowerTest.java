package dev.melt.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.telemetry.Unit;
import org.junit.jupiter.api.Test;

class TotalPowerTest {
    private final TestingEvidence machine = new TestingEvidence();

    @Test
    void aPackageIsNotCountedTogetherWithItsCores() {
        counter("package-0", 10);
        counter("core", 6);
        counter("uncore", 1);

        assertThat(watts()).isCloseTo(10, within(1e-6));
        assertThat(chosen().name()).isEqualTo("rapl: package-0 (processor packages and memory)");
    }

    @Test
    void packagesAreAddedWithTheirMemory() {
        counter("package-0", 10);
        counter("package-1", 20);
        counter("dram", 3);

        assertThat(watts()).isCloseTo(33, within(1e-6));
        assertThat(chosen().name()).contains("dram + package-0 + package-1");
    }

    @Test
    void thePlatformStandsForItsPackages() {
        counter("package-0", 10);
        counter("psys", 25);

        assertThat(watts()).isCloseTo(25, within(1e-6));
    }

    @Test
    void aPlatformCounterThatNeverMovesIsPassedOver() {
        counter("package-0", 10);
        counter("psys", 0);

        assertThat(watts()).isCloseTo(10, within(1e-6));
    }

    @Test
    void anExternalMeterStandsAboveAll() {
        counter("psys", 25);
        power("supply", "monsoon", 30);

        assertThat(watts()).isCloseTo(30, within(1e-6));
        assertThat(chosen().grade()).isEqualTo(EnergyGrade.A);
    }

    @Test
    void theInputRailIsTakenAndNotTheSumOfAllRails() {
        power("VDD_IN", "ina3221", 12);
        power("VDD_CPU_GPU_CV", "ina3221", 6);
        power("VDD_SOC", "ina3221", 3);

        assertThat(watts()).isCloseTo(12, within(1e-6));
    }

    @Test
    void anInputRailMayBeVoltsTimesAmperes() {
        machine.sampled(Quantities.CURRENT, "ina3221-VDD_IN", Unit.AMPERE, "hwmon", 0, 10, t -> 2.4);
        machine.sampled(Quantities.VOLTAGE, "ina3221-VDD_IN", Unit.VOLT, "hwmon", 0, 10, t -> 5);

        assertThat(watts()).isCloseTo(12, within(1e-6));
        assertThat(chosen().grade()).isEqualTo(EnergyGrade.B);
    }

    @Test
    void theRailsOfAnOrinAreAddedAndNoneTwice() {
        power("VDD_GPU_SOC", "ina3221", 4);
        power("VDD_CPU_CV", "ina3221", 3);
        power("VIN_SYS_5V0", "ina3221", 5);
        power("VDDQ_VDD2_1V8AO", "ina3221", 1); // fed by VIN_SYS_5V0

        assertThat(watts()).isCloseTo(12, within(1e-6));
        assertThat(chosen().name())
                .isEqualTo("ina3221: VDD_CPU_CV + VDD_GPU_SOC + VIN_SYS_5V0 (module without carrier board)");
    }

    @Test
    void aRailOfAXavierThatIsOffIsNoneThatIsMissing() {
        for (String rail : new String[] {"GPU", "CPU", "SOC", "VDDRQ", "SYS5V"}) {
            power(rail, "ina3221", 2);
        }
        assertThat(TotalPower.choose(machine.series, TestingEvidence.nanos(0.1)))
                .isEmpty();

        power("CV", "ina3221", 0);
        assertThat(watts()).isCloseTo(10, within(1e-6));
    }

    @Test
    void graphicsCardsAreAddedToTheProcessorsThatKnowNothingOfThem() {
        counter("package-0", 10);
        power("gpu0", "nvidia-smi", 200);
        power("gpu1", "nvidia-smi", 100);

        assertThat(watts()).isCloseTo(310, within(1e-3));
        assertThat(chosen().name()).contains("package-0 + nvidia-smi: gpu0 + gpu1");
    }

    @Test
    void graphicsCardsStandAloneWhereNothingElseIsMeasured() {
        power("gpu0", "nvidia-smi", 200);

        assertThat(watts()).isCloseTo(200, within(1e-6));
        assertThat(chosen().name()).endsWith("(graphics cards alone)");
    }

    @Test
    void whatOnlyAPartOfTheDeviceDrawsIsNotTakenForTheWhole() {
        power("amdgpu-PPT", "hwmon", 40);

        assertThat(TotalPower.choose(machine.series, TestingEvidence.nanos(0.1)))
                .isEmpty();
    }

    @Test
    void theBatteryIsCurrentTimesVoltage() {
        machine.sampled(Quantities.CURRENT, "battery", Unit.AMPERE, "fuel-gauge", 0, 10, t -> 0.5);
        machine.sampled(Quantities.VOLTAGE, "battery", Unit.VOLT, "fuel-gauge", 0, 10, t -> 3.8);

        assertThat(watts()).isCloseTo(1.9, within(1e-6));
        assertThat(chosen().grade()).isEqualTo(EnergyGrade.C);
    }

    @Test
    void aBatteryOnTheMainsSaysNothing() {
        machine.sampled(Quantities.CURRENT, "battery", Unit.AMPERE, "fuel-gauge", 0, 10, t -> 0);
        machine.sampled(Quantities.VOLTAGE, "battery", Unit.VOLT, "fuel-gauge", 0, 10, t -> 3.8);
        power("battery", "volts times amperes of fuel-gauge", -1);

        assertThat(TotalPower.choose(machine.series, TestingEvidence.nanos(0.1)))
                .isEmpty();
    }

    @Test
    void aSourceThatNobodyKnowsHasTheLowestGrade() {
        power("somewhere", "an-app-said-so", 4);

        assertThat(chosen().grade()).isEqualTo(EnergyGrade.D);
    }

    @Test
    void resolutionIsTheFinestStepThatIsSeen() {
        machine.sampled(Quantities.POWER, "VDD_IN", Unit.WATT, "ina3221", 0, 10, t -> 5 + 0.004 * Math.round(t * 3));
        machine.turn(0, 1, 8, 1, LatencyFiguresTest.evenly(1, 0.1, 41));

        // 4 mW over 5 s
        assertThat(machine.figures().ofTrial("energy").uncertainty().orElseThrow())
                .isCloseTo(0.02, within(1e-6));
    }

    private void counter(String site, double watts) {
        machine.sampled(Quantities.ENERGY, site, Unit.JOULE, "rapl", 0, 10, t -> watts * t);
    }

    private void power(String site, String source, double watts) {
        machine.sampled(Quantities.POWER, site, Unit.WATT, source, 0, 10, t -> watts);
    }

    private PowerSource chosen() {
        return TotalPower.choose(machine.series, TestingEvidence.nanos(0.1)).orElseThrow();
    }

    private double watts() {
        return chosen().meanWatts(new Window(TestingEvidence.nanos(2), TestingEvidence.nanos(7)))
                .orElseThrow();
    }

    @Test
    void noRailOfAPhoneStandsForTheWhole() {
        machine.sampled(Quantities.ENERGY, "S2M_VDD_CPUCL2", Unit.JOULE, "odpm", 0, 10, t -> t);
        machine.sampled(Quantities.ENERGY, "VSYS_PWR_DISPLAY", Unit.JOULE, "odpm", 0, 10, t -> 0.5 * t);
        assertThat(TotalPower.choose(machine.build().series(), TestingEvidence.nanos(TestingEvidence.PERIOD)))
                .isEmpty();

        machine.sampled(Quantities.CURRENT, "battery", Unit.AMPERE, "fuel-gauge", 0, 10, t -> 1);
        machine.sampled(Quantities.VOLTAGE, "battery", Unit.VOLT, "fuel-gauge", 0, 10, t -> 4);
        assertThat(chosen().name()).isEqualTo("fuel-gauge: battery (battery)");
    }
}
