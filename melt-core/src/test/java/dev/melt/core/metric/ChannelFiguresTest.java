package dev.melt.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.telemetry.Series;
import dev.melt.core.telemetry.Unit;
import org.junit.jupiter.api.Test;

class ChannelFiguresTest {
    private static Series series(Unit unit, String source, java.util.function.DoubleUnaryOperator value) {
        return new TestingEvidence()
                .sampled("voltage", "battery", unit, source, 0, 10, value)
                .series
                .get(0);
    }

    @Test
    void findsHowOftenASourceIsRenewedBehindTheRateAtWhichItIsRead() {
        ChannelFigures figures = ChannelFigures.of(
                        series(Unit.VOLT, "fuel-gauge", t -> 4 - 0.005 * Math.floor(t + 1e-6)))
                .orElseThrow();

        assertThat(figures.samples()).isEqualTo(101);
        assertThat(figures.samplesPerSecond().orElseThrow()).isCloseTo(10, within(1e-6));
        assertThat(figures.refreshSeconds().orElseThrow()).isCloseTo(1, within(1e-6));
        assertThat(figures.resolution().orElseThrow()).isCloseTo(0.005, within(1e-9));
    }

    @Test
    void findsTheStepOfACounterInItsSteps() {
        ChannelFigures figures = ChannelFigures.of(
                        series(Unit.JOULE, "rapl", t -> 0.25 * Math.floor(10 * t + 1e-6) * Math.ceil(t + 1e-6)))
                .orElseThrow();

        assertThat(figures.resolution().orElseThrow()).isCloseTo(0.25, within(1e-6));
    }

    @Test
    void saysNothingOfASourceThatChangedTwice() {
        ChannelFigures figures = ChannelFigures.of(series(Unit.VOLT, "fuel-gauge", t -> t < 3 ? 4 : t < 6 ? 3.9 : 3.8))
                .orElseThrow();

        assertThat(figures.refreshSeconds()).isEmpty();
        assertThat(figures.resolution()).isEmpty();
    }

    @Test
    void leavesOutWhatWasComputed() {
        assertThat(ChannelFigures.of(series(Unit.WATT, "volts times amperes of fuel-gauge", t -> t)))
                .isEmpty();
    }
}
