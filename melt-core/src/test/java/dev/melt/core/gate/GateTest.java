package dev.melt.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    private static final Channel CHIP = new Channel("temperature", "BIG", Unit.CELSIUS, "thermal-zone");
    private static final Channel SKIN = new Channel("temperature", "VIRTUAL-SKIN", Unit.CELSIUS, "thermal-service");
    private static final Channel CELL = new Channel("temperature", "battery", Unit.CELSIUS, "fuel-gauge");
    private static final Channel LEVEL = new Channel("level", "battery", Unit.RATIO, "fuel-gauge");
    private static final Channel CHARGE = new Channel("charge", "battery", Unit.COULOMB, "fuel-gauge");
    private static final Channel CURRENT = new Channel("current", "battery", Unit.AMPERE, "fuel-gauge");
    private static final Channel STATUS = new Channel("status", "battery", Unit.RATIO, "battery");
    private static final Channel USB = new Channel("plugged", "usb", Unit.RATIO, "power-supply");
    private static final Channel WIRELESS = new Channel("plugged", "wireless", Unit.RATIO, "power-supply");
    private static final Channel FREE = new Channel("memory", "available", Unit.BYTE, "meminfo");
    private static final Channel BUSY = new Channel("utilisation", "all", Unit.RATIO, "proc-stat");
    private static final Channel LOAD = new Channel("load", "1min", Unit.RATIO, "proc");
    private static final Channel CAP_LITTLE = new Channel("frequency_cap", "cpu0", Unit.HERTZ, "cpufreq");
    private static final Channel CAP_BIG = new Channel("frequency_cap", "cpu7", Unit.HERTZ, "cpufreq");
    private static final Channel THROTTLED = new Channel("thermal_status", "device", Unit.RATIO, "thermal-service");
    private static final Map<String, String> MAXIMA =
            Map.of("max_frequency_hz/cpu0", "1700000000", "max_frequency_hz/cpu7", "2900000000");

    @ParameterizedTest
    @CsvSource({
        "temperature=35, 35, 35.1, 'temperature 35.10 degC, at most 35.00 needed'",
        "skin=35, 35, 35.1, 'skin temperature 35.10 degC, at most 35.00 needed'",
        "batteryTemperature=35, 35, 35.1, 'battery temperature 35.10 degC, at most 35.00 needed'",
        "battery=0.4, 0.4, 0.39, 'battery charge 0.3900, at least 0.4000 needed'",
        "charging=0, 0.2, -0.2, 'charging yes, no needed'",
        "charging=1, -0.2, 0.2, 'charging no, yes needed'",
        "plugged=0, 0, 1, 'plugged in yes, no needed'",
        "plugged=1, 1, 0, 'plugged in no, yes needed'",
        "memory=1000, 1000, 999, 'available memory 999.0 B, at least 1000 needed'",
        "utilisation=0.25, 0.25, 0.26, 'utilisation 0.2600, at most 0.2500 needed'",
        "load=2, 2, 2.1, 'load 2.100, at most 2.000 needed'",
        "cap=0.9, 2610000000, 2600000000, 'frequency cap 0.8966, at least 0.9000 needed'",
        "thermalStatus=0, 0, 1, 'thermal status 1.000, at most 0.000 needed'"
    })
    void opensAtTheLimitAndNotBeyondIt(String limit, double within, double beyond, String words) {
        Channel channel = channelOf(limit.substring(0, limit.indexOf('=')));

        assertThat(gate(limit, channel).judge(seen(0, Map.of(channel, within))).open())
                .isTrue();
        assertThat(gate(limit, channel).judge(seen(0, Map.of(channel, beyond))).unmet())
                .containsExactly(words);
    }

    private static Channel channelOf(String word) {
        return switch (word) {
            case "temperature" -> CHIP;
            case "skin" -> SKIN;
            case "batteryTemperature" -> CELL;
            case "battery" -> LEVEL;
            case "charging" -> CURRENT;
            case "plugged" -> USB;
            case "memory" -> FREE;
            case "utilisation" -> BUSY;
            case "load" -> LOAD;
            case "cap" -> CAP_BIG;
            default -> THROTTLED;
        };
    }

    @Test
    void theHottestSiteCounts() {
        assertThat(gate("temperature=35", CHIP, SKIN)
                        .judge(seen(0, Map.of(CHIP, 36.0, SKIN, 30.0)))
                        .open())
                .isFalse();
    }

    @Test
    void theSkinIsNotTheChip() {
        assertThat(gate("skin=35", CHIP, SKIN)
                        .judge(seen(0, Map.of(CHIP, 60.0, SKIN, 30.0)))
                        .open())
                .isTrue();
    }

    @Test
    void asksForTheShareOfTheBatteryAndNotForItsCharge() {
        assertThat(gate("battery=0.4", CHARGE, LEVEL)
                        .judge(seen(0, Map.of(CHARGE, 9000.0, LEVEL, 0.39)))
                        .open())
                .isFalse();
    }

    @Test
    void whatTheStatusSaysOfChargingDoesNotCountWhereACurrentIsKnown() {
        Map<Channel, Double> chargingAndYetDrained = Map.of(STATUS, 2.0, CURRENT, 0.125);

        assertThat(gate("charging=0", STATUS, CURRENT)
                        .judge(seen(0, chargingAndYetDrained))
                        .open())
                .isTrue();
    }

    @Test
    void theStatusTellsOfChargingWhereNoCurrentIsKnown() {
        assertThat(gate("charging=0", STATUS)
                        .judge(seen(0, Map.of(STATUS, 2.0)))
                        .open())
                .isFalse();
        assertThat(gate("charging=0", STATUS)
                        .judge(seen(0, Map.of(STATUS, 5.0)))
                        .open())
                .isTrue();
    }

    @Test
    void anyPlugFeedsTheDevice() {
        assertThat(gate("plugged=0", USB, WIRELESS)
                        .judge(seen(0, Map.of(USB, 0.0, WIRELESS, 1.0)))
                        .open())
                .isFalse();
    }

    @Test
    void theLowestCapOfAnyClusterCounts() {
        assertThat(gate("cap=0.9", CAP_LITTLE, CAP_BIG)
                        .judge(seen(0, Map.of(CAP_LITTLE, 850e6, CAP_BIG, 2900e6)))
                        .unmet())
                .containsExactly("frequency cap 0.5000, at least 0.9000 needed");
    }

    @Test
    void aCapWhoseMaximumIsNotKnownCannotBeJudged() {
        Gate gate = new Gate(GateLimits.OPEN.with(List.of("cap=0.9")), Set.of(CAP_BIG), Map.of());

        assertThat(gate.judge(seen(0, Map.of(CAP_BIG, 1e9))).unreadable()).containsExactly("frequency cap");
    }

    @Test
    void staysClosedWhileTheDeviceWarms() {
        assertThat(afterAMinute("rise=0.5", CHIP, 30.0, 30.4).open()).isTrue();
        assertThat(afterAMinute("rise=0.5", CHIP, 30.0, 30.6).unmet())
                .containsExactly("temperature rise 0.6000 degC/min, at most 0.5000 needed");
        assertThat(afterAMinute("skinRise=0.5", SKIN, 30.0, 30.6).open()).isFalse();
        assertThat(afterAMinute("batteryRise=0.5", CELL, 30.0, 30.6).open()).isFalse();
    }

    private static Gate.Verdict afterAMinute(String limit, Channel channel, double from, double to) {
        Gate gate = gate(limit, channel);
        gate.judge(seen(0, Map.of(channel, from)));
        return gate.judge(seen(60, Map.of(channel, to)));
    }

    @Test
    void aSlopeIsNotKnownBeforeItsLeastSpan() {
        Gate gate = gate("rise=1", CHIP);

        assertThat(gate.judge(seen(0, Map.of(CHIP, 30.0))).unmet())
                .containsExactly("temperature rise not known yet, 15 s of readings needed");
        assertThat(gate.judge(seen(14, Map.of(CHIP, 30.0))).open()).isFalse();
        assertThat(gate.judge(seen(15, Map.of(CHIP, 30.0))).open()).isTrue();
    }

    @Test
    void saysAtOnceWhatTheDeviceDoesNotOfferAndLetsItPass() {
        Gate.Verdict verdict = gate("temperature=35,rise=1,thermalStatus=0").judge(seen(0, Map.of()));

        assertThat(verdict.open()).isTrue();
        assertThat(verdict.unreadable()).containsExactly("temperature", "temperature rise", "thermal status");
    }

    @Test
    void oneFailedReadingIsNoEvidenceThatTheDeviceCannotTell() {
        Gate gate = gate("battery=0.4", LEVEL);

        assertThat(gate.judge(seen(0, Map.of())).unmet()).containsExactly("battery charge could not be read");
        assertThat(gate.judge(seen(1, Map.of())).open()).isFalse();
        assertThat(gate.judge(seen(2, Map.of(LEVEL, 0.5))).open()).isTrue();
    }

    @Test
    void threeFailedReadingsInARowAre() {
        Gate gate = gate("battery=0.4", LEVEL);
        gate.judge(seen(0, Map.of()));
        gate.judge(seen(1, Map.of()));

        assertThat(gate.judge(seen(2, Map.of())).unreadable()).containsExactly("battery charge");
    }

    @Test
    void namesEveryLimitThatDoesNotHold() {
        assertThat(gate("temperature=35,battery=0.4,memory=1000", CHIP, LEVEL, FREE)
                        .judge(seen(0, Map.of(CHIP, 40.0, LEVEL, 0.1, FREE, 2000.0)))
                        .unmet())
                .hasSize(2);
    }

    private static Gate gate(String limits, Channel... offered) {
        return new Gate(GateLimits.OPEN.with(List.of(limits)), List.of(offered), MAXIMA);
    }

    private static Observation seen(long seconds, Map<Channel, Double> values) {
        return new Observation(seconds * 1_000_000_000L, values);
    }
}
