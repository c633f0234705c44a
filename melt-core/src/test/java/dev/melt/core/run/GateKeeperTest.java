package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.gate.Gate;
import dev.melt.core.gate.GateLimits;
import dev.melt.core.telemetry.Channel;
import dev.melt.core.telemetry.Observation;
import dev.melt.core.telemetry.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Time passes only where the keeper waits. */
class GateKeeperTest {
    private static final Channel CHIP = new Channel("temperature", "chip", Unit.CELSIUS, "thermal-zone");

    private final List<Long> waits = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Duration> spans = new ArrayList<>();
    private long nanos;
    private boolean stopped;

    @Test
    void looksAtLongerAndLongerDistancesUntilItOpens() {
        GateKeeper.Passage passage = pass("temperature=35", seconds -> 60 - seconds);

        assertThat(passage.open()).isTrue();
        assertThat(waits).containsExactly(1L, 2L, 4L, 5L, 5L, 5L, 5L);
        assertThat(told.get(1)).isEqualTo("[temperature 59.00 degC, at most 35.00 needed] after PT1S, PT9M59S left");
    }

    @Test
    void doesNotWaitAtAnOpenGate() {
        assertThat(pass("temperature=35", seconds -> 30).open()).isTrue();
        assertThat(waits).isEmpty();
    }

    @Test
    void looksForTheLastTimeWhenTheTimeIsOver() {
        assertThat(pass("temperature=35,timeout=4", seconds -> seconds < 4 ? 40 : 35)
                        .open())
                .isTrue();
        assertThat(waits).containsExactly(1L, 2L, 1L);
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        GateKeeper.Passage passage = pass("temperature=35,timeout=4", seconds -> 40);

        assertThat(passage.unmet()).containsExactly("temperature 40.00 degC, at most 35.00 needed");
        assertThat(nanos).isEqualTo(4_000_000_000L);
    }

    @Test
    void looksOnceWhereThereIsNoTime() {
        assertThat(pass("temperature=35,timeout=0", seconds -> 40).open()).isFalse();
        assertThat(waits).isEmpty();
    }

    @Test
    void aPersonWhoWantsTheEndIsNotKeptWaiting() {
        stopped = true;

        assertThat(pass("temperature=35", seconds -> 40).open()).isFalse();
        assertThat(waits).containsExactly(1L);
    }

    @Test
    void takesTimeForUtilisationOnlyWhereItIsLimited() {
        pass("utilisation=0.5", seconds -> 40);
        pass("temperature=50", seconds -> 40);

        assertThat(spans).containsExactly(Duration.ofMillis(200), Duration.ZERO);
    }

    private GateKeeper.Passage pass(String limits, DoubleUnaryOperator celsiusAtSeconds) {
        GateLimits parsed = GateLimits.OPEN.with(List.of(limits));
        GateKeeper.Pause pause = new GateKeeper.Pause(() -> nanos, time -> {
            waits.add(time.toSeconds());
            nanos += time.toNanos();
            return stopped;
        });
        return new GateKeeper(
                        parsed,
                        span -> {
                            spans.add(span);
                            return new Observation(nanos, Map.of(CHIP, celsiusAtSeconds.applyAsDouble(nanos / 1e9)));
                        },
                        pause,
                        (unmet, waited, left) -> told.add(unmet + " after " + waited + ", " + left + " left"))
                .pass(new Gate(parsed, List.of(CHIP), Map.of()));
    }
}
