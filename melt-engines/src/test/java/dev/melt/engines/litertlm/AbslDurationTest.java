package dev.melt.engines.litertlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbslDurationTest {
    @ParameterizedTest
    @CsvSource({"819.5ms, 0.8195", "8.75s, 8.75", "1m2.5s, 62.5", "46us, 0.000046", "2h, 7200", "5ns, 0.000000005"})
    void sumsItsParts(String printed, double seconds) {
        assertThat(AbslDuration.seconds(printed)).hasValueCloseTo(seconds, within(1e-12));
    }

    @Test
    void takesZeroForNothingMeasured() {
        assertThat(AbslDuration.seconds("0s")).isEmpty();
    }
}
