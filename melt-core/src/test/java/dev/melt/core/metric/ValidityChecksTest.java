package dev.melt.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Unit;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ValidityChecksTest {
    @Test
    void aTrialInOrderHasNoWarning() {
        assertThat(fourCores(0.5).warnings()).isEmpty();
    }

    @Test
    void whatIsBusyBeyondTheEnginesThreadsIsForeign() {
        TestingEvidence evidence = fourCores(0.65);

        assertThat(evidence.warnings())
                .containsExactly(new Warning(
                        Validity.FOREIGN_LOAD,
                        "0.60 of 4 processors busy with other programs during turns (2.60 busy, 2.00 at most the"
                                + " engine's); limit 0.40"));
    }

    @Test
    void theEnginesOwnUseIsTakenWhereItIsSampled() {
        TestingEvidence evidence =
                fourCores(0.5).sampled(Quantities.UTILISATION, Quantities.ENGINE, Unit.RATIO, "proc", 0, 30, t -> 1.2);

        assertThat(evidence.warnings()).extracting(Warning::validity).containsExactly(Validity.FOREIGN_LOAD);
    }

    @Test
    void theReadingOfAllProcessorsCountsThoseThatAreNotListed() {
        TestingEvidence evidence = fourCores(0.5);
        evidence.device = new DeviceFacts(
                OptionalInt.of(8), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Map.of());
        evidence.sampled(Quantities.UTILISATION, Quantities.ALL, Unit.RATIO, "proc", 0, 30, t -> 0.5);

        assertThat(evidence.warnings())
                .extracting(Warning::evidence)
                .containsExactly(
                        "2.00 of 8 processors busy with other programs during turns (4.00 busy, 2.00 at most the"
                                + " engine's); limit 0.80");
    }

    @Test
    void withoutKnowingTheEnginesShareNothingIsCalledForeign() {
        TestingEvidence evidence = fourCores(1);
        evidence.threads = OptionalInt.empty();

        assertThat(evidence.warnings()).isEmpty();
    }

    @Test
    void aBusyMachineBeforeTheTrialIsForeignLoad() {
        TestingEvidence evidence = fourCores(0.5);
        evidence.busyBefore = OptionalDouble.of(0.10);
        assertThat(evidence.warnings()).isEmpty();

        evidence.busyBefore = OptionalDouble.of(0.37);
        assertThat(evidence.warnings())
                .containsExactly(
                        new Warning(Validity.FOREIGN_LOAD, "37 % of the processors busy before the trial; limit 10 %"));
    }

    @Test
    void theEngineMayDifferByTwoPercent() {
        assertThat(decodeByEngine(10.19).warnings()).isEmpty();
        assertThat(decodeByEngine(10.21).warnings())
                .containsExactly(
                        new Warning(Validity.ENGINE_DISAGREES, "decode_rate 10.00 tok/s, engine says 10.21 (+2.1 %)"));
    }

    @Test
    void theEnginesPassesAreComparedWithPassesAndNotWithTheChoiceOfTokens() {
        // steps of 100 ms, 10 ms of them for the choice of the token
        assertThat(decodeByEngine(1 / 0.0885, 0.01).warnings()).isEmpty();
        assertThat(decodeByEngine(1 / 0.088, 0.01).warnings())
                .containsExactly(new Warning(
                        Validity.ENGINE_DISAGREES, "decode_pass_rate 11.11 tok/s, engine says 11.36 (+2.3 %)"));
    }

    @Test
    void aDerivedSeriesDoesNotHideAGap() {
        double[] measured = {9, 10, 11.0, 12.0, 13};
        double[] between = {9.5, 10.5, 11.5, 12.5};
        TestingEvidence evidence = new TestingEvidence()
                .busy(0, 10, 12)
                .sampledAt(Quantities.ENERGY, "package-0", Unit.JOULE, "rapl", measured, t -> t)
                .sampledAt(Quantities.POWER, "package-0", Unit.WATT, "difference of rapl", between, t -> 1);

        assertThat(evidence.warnings())
                .contains(
                        new Warning(Validity.TELEMETRY_GAP, "no sample for 1.00 s, 0.00 s after the first turn began"));
    }

    private static TestingEvidence fourCores(double busy) {
        TestingEvidence evidence = new TestingEvidence().busy(0, 10, 20);
        evidence.threads = OptionalInt.of(2);
        for (int core = 0; core < 4; core++) {
            evidence.sampled(Quantities.UTILISATION, "cpu" + core, Unit.RATIO, "proc", 0, 30, t -> t < 9 ? 0.9 : busy);
        }
        return evidence;
    }

    private static TestingEvidence decodeByEngine(double rate) {
        TestingEvidence evidence = new TestingEvidence().turn(0, 0, 8, 1, LatencyFiguresTest.evenly(1, 0.1, 101));
        evidence.engine.add(new EnginePerf(0, 1, 8, 100 / rate, 100));
        return evidence;
    }

    private static TestingEvidence decodeByEngine(double rate, double choiceSeconds) {
        TestingEvidence evidence = decodeByEngine(rate);
        evidence.events.replaceAll(event -> event instanceof Event.Token token
                ? new Event.Token(
                        token.turn(),
                        token.index(),
                        token.endNanos(),
                        token.id(),
                        OptionalLong.of(token.endNanos() - TestingEvidence.nanos(choiceSeconds)))
                : event);
        return evidence;
    }

    private static TestingEvidence onBattery(double plugged) {
        return new TestingEvidence()
                .busy(0, 10, 20)
                .sampled(Quantities.CURRENT, "battery", Unit.AMPERE, "fuel-gauge", 0, 30, t -> 0.4)
                .sampled(Quantities.VOLTAGE, "battery", Unit.VOLT, "fuel-gauge", 0, 30, t -> 4)
                .sampled(Quantities.PLUGGED, "usb", Unit.RATIO, "power-supply", 0, 30, t -> plugged);
    }

    @Test
    void aChargerBesideTheBatterysGaugeIsFoundAlthoughTheBatteryIsDischarged() {
        assertThat(onBattery(1).warnings())
                .filteredOn(warning -> warning.validity() == Validity.CHARGING)
                .extracting(Warning::evidence)
                .containsExactly(
                        "a charger at usb in a turn of 10.0 s, while energy is taken from the battery's gauge");
        assertThat(onBattery(0).warnings()).noneMatch(warning -> warning.validity() == Validity.CHARGING);
    }

    @Test
    void aChargerSaysNothingAgainstAMeterInTheSupplyLine() {
        assertThat(onBattery(1)
                        .sampled(Quantities.POWER, "usb", Unit.WATT, "monsoon", 0, 30, t -> 3)
                        .warnings())
                .noneMatch(warning -> warning.validity() == Validity.CHARGING);
    }
}
