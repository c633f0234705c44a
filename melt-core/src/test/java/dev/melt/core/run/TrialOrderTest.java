package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.gate.GateLimits;
import dev.melt.core.trial.TrialRole;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialOrderTest {
    @Test
    void everyBlockHoldsEveryCellOnce() {
        List<PlannedTrial> order = TrialOrder.of(3, protocol(4, 1, 7));

        assertThat(order).hasSize(15).doesNotHaveDuplicates();
        for (int block = 0; block < 5; block++) {
            assertThat(order.subList(block * 3, block * 3 + 3))
                    .extracting(PlannedTrial::cell)
                    .containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void warmUpsComeFirstAndTheProfileLast() {
        List<PlannedTrial> order = TrialOrder.of(
                1,
                new Protocol(
                        2,
                        1,
                        true,
                        1,
                        Duration.ofMillis(100),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMinutes(1),
                        GateLimits.OPEN));

        assertThat(order)
                .extracting(PlannedTrial::role)
                .containsExactly(TrialRole.WARMUP, TrialRole.MEASURED, TrialRole.MEASURED, TrialRole.PROFILE);
    }

    @Test
    void theSeedDecidesTheOrder() {
        assertThat(TrialOrder.of(5, protocol(5, 0, 1))).isEqualTo(TrialOrder.of(5, protocol(5, 0, 1)));
        assertThat(TrialOrder.of(5, protocol(5, 0, 1))).isNotEqualTo(TrialOrder.of(5, protocol(5, 0, 2)));
    }

    private static Protocol protocol(int trials, int warmups, long seed) {
        return new Protocol(
                trials,
                warmups,
                false,
                seed,
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofMinutes(1),
                GateLimits.OPEN);
    }
}
