package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.Control;
import dev.melt.core.device.DeviceControls;
import dev.melt.core.device.DeviceException;
import dev.melt.core.device.ExecResult;
import dev.melt.core.gate.Gate;
import dev.melt.core.gate.GateLimits;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.Unit;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialGateTest {
    private static final Channel FREE = new Channel("memory", "available", Unit.BYTE, "meminfo");
    private static final GateLimits REBOOTING = GateLimits.OPEN.with(List.of("memory=1000,timeout=0,reboot=1"));

    private final StopSignal stop = new StopSignal();
    private double free = 10;
    private double freeAfterRestart = 2000;
    private boolean linkStaysAway;
    private int restarts;

    @Test
    void theDeviceIsRestartedAndTheGateWaitedForOnceMore() {
        assertThat(pass(gate(REBOOTING, true)).open()).isTrue();
        assertThat(restarts).isEqualTo(1);
    }

    @Test
    void nothingIsRestartedBehindAnOpenGate() {
        free = 1000;

        assertThat(pass(gate(REBOOTING, true)).open()).isTrue();
        assertThat(restarts).isZero();
    }

    @Test
    void nothingIsRestartedUnlessAskedFor() {
        assertThat(pass(gate(GateLimits.OPEN.with(List.of("memory=1000,timeout=0")), true))
                        .unmet())
                .containsExactly("available memory 10.00 B, at least 1000 needed");
        assertThat(restarts).isZero();
    }

    @Test
    void saysThatADeviceCannotBeRestarted() {
        assertThat(pass(gate(REBOOTING, false)).unmet())
                .containsExactly(
                        "available memory 10.00 B, at least 1000 needed",
                        "the device was to be restarted then, which MELT cannot do with this one");
    }

    @Test
    void saysWhatDoesNotHoldAfterTheRestart() {
        freeAfterRestart = 20;

        assertThat(pass(gate(REBOOTING, true)).unmet())
                .containsExactly(
                        "available memory 20.00 B, at least 1000 needed", "the device was restarted for it already");
    }

    @Test
    void aTrialThatIsTakenUpAgainAfterALostLinkRestartsNothingTwice() {
        linkStaysAway = true;
        freeAfterRestart = 20;
        TrialGate gate = gate(REBOOTING, true);

        assertThatThrownBy(() -> pass(gate)).isInstanceOf(DeviceException.class);
        assertThat(pass(gate).unmet()).contains("the device was restarted for it already");
        assertThat(restarts).isEqualTo(1);
    }

    @Test
    void aPersonWhoWantsTheEndSeesNoRestart() {
        stop.raise();

        assertThat(pass(gate(REBOOTING, true)).open()).isFalse();
        assertThat(restarts).isZero();
    }

    private GateKeeper.Passage pass(TrialGate gate) {
        return gate.pass(new GateKeeper(
                REBOOTING,
                span -> new Observation(0, Map.of(FREE, free)),
                GateKeeper.Pause.of(stop),
                (unmet, waited, left) -> {}));
    }

    private TrialGate gate(GateLimits limits, boolean canRestart) {
        return new TrialGate(
                limits,
                () -> new Gate(limits, List.of(FREE), Map.of()),
                new Restartable(canRestart),
                stop,
                unmet -> assertThat(unmet).isNotEmpty());
    }

    /** A device whose memory is free after a restart. */
    private final class Restartable implements DeviceControls {
        private final boolean canRestart;

        Restartable(boolean canRestart) {
            this.canRestart = canRestart;
        }

        @Override
        public List<Control> all() {
            return List.of();
        }

        @Override
        public Map<String, Optional<String>> read(Collection<String> names) {
            return Map.of();
        }

        @Override
        public ExecResult set(String name, Optional<String> value) {
            throw new IllegalArgumentException(name);
        }

        @Override
        public boolean canRestart() {
            return canRestart;
        }

        @Override
        public void restart(Duration atMost) {
            restarts++;
            free = freeAfterRestart;
            if (linkStaysAway) {
                throw new DeviceException.TimedOut("it does not come back", null);
            }
        }
    }
}
