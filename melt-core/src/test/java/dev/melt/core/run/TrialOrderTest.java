package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.gate.GateLimits;
import dev.melt.core.prepare.WantedSetting;
import dev.melt.core.trial.TrialRole;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialOrderTest {
    @Test
    void everyBlockHoldsEveryCellOnce() {
        List<PlannedTrial> order = TrialOrder.of(alike(3), protocol(4, 1, 7));

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
                alike(1),
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
        assertThat(TrialOrder.of(alike(5), protocol(5, 0, 1))).isEqualTo(TrialOrder.of(alike(5), protocol(5, 0, 1)));
        assertThat(TrialOrder.of(alike(5), protocol(5, 0, 1))).isNotEqualTo(TrialOrder.of(alike(5), protocol(5, 0, 2)));
    }

    @Test
    void cellsThatWantTheDeviceSetInOneWayComeTogether() {
        List<WantedSetting> small = List.of(new WantedSetting("power_mode", "15W"));
        List<WantedSetting> large = List.of(new WantedSetting("power_mode", "MAXN"));

        List<PlannedTrial> order = TrialOrder.of(List.of(small, large, small, large), protocol(2, 1, 3));

        List<Integer> ways = order.stream().map(trial -> trial.cell() % 2).toList();
        assertThat(order).hasSize(12).doesNotHaveDuplicates();
        assertThat(ways.subList(0, 6)).containsOnly(ways.get(0));
        assertThat(ways.subList(6, 12)).containsOnly(1 - ways.get(0));
    }

    private static List<List<WantedSetting>> alike(int cells) {
        return Collections.nCopies(cells, List.of());
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
