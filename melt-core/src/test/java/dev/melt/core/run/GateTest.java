package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Channel SKIN = new Channel("temperature", "skin", Unit.CELSIUS, "thermal-zone");
    private static final Channel FREE = new Channel("memory", "available", Unit.BYTE, "meminfo");
    private static final Channel LEVEL = new Channel("level", "battery", Unit.RATIO, "fuel-gauge");
    private static final Channel CHARGE = new Channel("charge", "battery", Unit.COULOMB, "fuel-gauge");

    @Test
    void opensAtTheLimitAndNotAboveIt() {
        Gate gate = new Gate(limits(OptionalDouble.of(35), OptionalDouble.empty(), OptionalDouble.empty()));

        assertThat(gate.judge(List.of(seen(0, Map.of(SKIN, 35.0)))).open()).isTrue();
        assertThat(gate.judge(List.of(seen(0, Map.of(SKIN, 35.1)))).unmet())
                .containsExactly("temperature 35.10 degC, at most 35.00 needed");
    }

    @Test
    void staysClosedWhileTheDeviceHeatsUp() {
        Gate gate = new Gate(limits(OptionalDouble.empty(), OptionalDouble.of(0.5), OptionalDouble.empty()));
        Observation first = seen(0, Map.of(SKIN, 30.0));

        assertThat(gate.judge(List.of(first, seen(60_000_000_000L, Map.of(SKIN, 30.6))))
                        .open())
                .isFalse();
        assertThat(gate.judge(List.of(first, seen(60_000_000_000L, Map.of(SKIN, 30.5))))
                        .open())
                .isTrue();
    }

    @Test
    void asksForMemoryFromBelow() {
        Gate gate = new Gate(limits(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(1000)));

        assertThat(gate.judge(List.of(seen(0, Map.of(FREE, 999.0)))).open()).isFalse();
        assertThat(gate.judge(List.of(seen(0, Map.of(FREE, 1000.0)))).open()).isTrue();
    }

    @Test
    void asksForTheShareOfTheBatteryAndNotForItsCharge() {
        Gate gate = new Gate(GateLimits.OPEN.with(List.of("battery=0.4")));

        assertThat(gate.judge(List.of(seen(0, Map.of(CHARGE, 9000.0, LEVEL, 0.39))))
                        .open())
                .isFalse();
        assertThat(gate.judge(List.of(seen(0, Map.of(CHARGE, 9000.0, LEVEL, 0.4))))
                        .open())
                .isTrue();
    }

    @Test
    void namesWhatTheDeviceDoesNotReportAndLetsItPass() {
        Gate.Verdict verdict = new Gate(limits(OptionalDouble.of(35), OptionalDouble.empty(), OptionalDouble.empty()))
                .judge(List.of(seen(0, Map.of())));

        assertThat(verdict.open()).isTrue();
        assertThat(verdict.unreadable()).containsExactly("temperature");
    }

    private static Observation seen(long atNanos, Map<Channel, Double> values) {
        return new Observation(atNanos, values);
    }

    private static GateLimits limits(OptionalDouble temperature, OptionalDouble rise, OptionalDouble memory) {
        return new GateLimits(temperature, rise, OptionalDouble.empty(), memory, OptionalDouble.empty(), Duration.ZERO);
    }
}
