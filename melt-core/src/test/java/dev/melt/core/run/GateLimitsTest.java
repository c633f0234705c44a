package dev.melt.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.problem.InvalidInputException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateLimitsTest {
    @Test
    void readsLimitsAsTheyAreTyped() {
        GateLimits limits = GateLimits.OPEN.with(List.of("temperature=35,memory=2e9", "timeout=0.5"));

        assertThat(limits.maxTemperatureCelsius()).hasValue(35);
        assertThat(limits.minFreeMemoryBytes()).hasValue(2e9);
        assertThat(limits.maxUtilisation()).isEmpty();
        assertThat(limits.timeout()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void waitsTenMinutesWhenNothingElseIsSaid() {
        assertThat(GateLimits.OPEN.with(List.of("rise=0.5")).timeout()).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "temperatur=35", "temperature", "temperature=", "temperature=warm", "battery=-1", "=3"})
    void refusesWhatIsNoLimit(String given) {
        assertThatThrownBy(() -> GateLimits.OPEN.with(List.of(given)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("utilisation");
    }
}
