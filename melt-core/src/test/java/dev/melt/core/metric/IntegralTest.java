package dev.melt.core.metric;

import static dev.melt.core.metric.TestingEvidence.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class IntegralTest {
    private static final double[] TENTHS =
            DoubleStream.iterate(0, t -> t <= 10.01, t -> t + 0.1).toArray();

    @Test
    void aLinearSignalIsExactAlsoBetweenSamples() {
        // ∫ 3t dt from 1.234 to 7.891
        double exact = 1.5 * (7.891 * 7.891 - 1.234 * 1.234);

        Integral integral = over(Trace.Kind.RATE, TENTHS, t -> 3 * t, 1.234, 7.891);

        assertThat(integral.total().orElseThrow()).isCloseTo(exact, within(1e-6));
        assertThat(integral.samples()).isEqualTo(66);
    }

    @Test
    void aSineIsWithinTheTrapezoidsError() {
        Integral integral = over(Trace.Kind.RATE, TENTHS, t -> 5 + Math.sin(t), 0, 10);

        // error of the trapezoid: at most (b - a) h² / 12 × max|f''|
        assertThat(integral.total().orElseThrow()).isCloseTo(50 + 1 - Math.cos(10), within(10 * 0.01 / 12));
    }

    @Test
    void aWindowBetweenTwoSamplesIsInterpolated() {
        Integral integral = over(Trace.Kind.RATE, TENTHS, t -> 10 * t, 1.02, 1.04);

        assertThat(integral.total().orElseThrow()).isCloseTo(10 * 1.03 * 0.02, within(1e-9));
        assertThat(integral.samples()).isZero();
        assertThat(integral.peak()).isEmpty();
    }

    @Test
    void aCounterIsTheDifferenceOfItsInterpolatedEdges() {
        Integral integral = over(Trace.Kind.COUNTER, TENTHS, t -> 100 + 4 * t, 1.234, 7.891);

        assertThat(integral.total().orElseThrow()).isCloseTo(4 * (7.891 - 1.234), within(1e-6));
        assertThat(integral.peak().orElseThrow()).isCloseTo(4, within(1e-6));
    }

    @Test
    void fivePeriodsAreNoGapAndMoreAre() {
        Integral five = over(Trace.Kind.RATE, without(2.05, 2.45), t -> 6, 1, 4);
        Integral six = over(Trace.Kind.RATE, without(2.05, 2.55), t -> 6, 1, 4);

        assertThat(five.total().orElseThrow()).isCloseTo(18, within(1e-6));
        assertThat(five.longestGap()).isEmpty();
        assertThat(six.total()).isEmpty();
        assertThat(six.coveredSeconds()).isCloseTo(2.4, within(1e-6));
        assertThat(six.longestGap().orElseThrow().seconds()).isCloseTo(0.6, within(1e-6));
    }

    @Test
    void aCounterLosesNothingInAGapThatLiesInsideTheWindow() {
        Integral integral = over(Trace.Kind.COUNTER, without(2.05, 2.95), t -> 6 * t, 1, 4);

        assertThat(integral.total().orElseThrow()).isCloseTo(18, within(1e-6));
        assertThat(integral.longestGap()).isPresent();
    }

    @Test
    void aCountersEdgeIsNotInterpolatedInsideAGap() {
        assertThat(over(Trace.Kind.COUNTER, without(2.05, 2.95), t -> 6 * t, 2.5, 4)
                        .total())
                .isEmpty();
    }

    @Test
    void aCounterThatFellBackCoversNothingThere() {
        assertThat(over(Trace.Kind.COUNTER, TENTHS, t -> t < 3 ? 6 * t : 6 * (t - 3), 1, 4)
                        .total())
                .isEmpty();
    }

    @Test
    void theLastReadingIsHeldForOnePeriodAtMost() {
        Integral within = over(Trace.Kind.RATE, TENTHS, t -> 6, 9, 10.05);
        Integral beyond = over(Trace.Kind.RATE, TENTHS, t -> 6, 9, 10.25);

        assertThat(within.total().orElseThrow()).isCloseTo(6.3, within(1e-6));
        assertThat(within.heldAmount()).isCloseTo(0.3, within(1e-6));
        assertThat(beyond.total()).isEmpty();
    }

    @Test
    void aDischargeOfNothingIsNotCovered() {
        Integral integral = over(Trace.Kind.DISCHARGE, TENTHS, t -> t > 5 ? 0 : 1, 4, 6);

        assertThat(integral.total()).isEmpty();
        assertThat(integral.reversed()).isTrue();
    }

    private static double[] without(double from, double to) {
        return Arrays.stream(TENTHS).filter(t -> t < from || t > to).toArray();
    }

    private static Integral over(Trace.Kind kind, double[] at, DoubleUnaryOperator value, double from, double to) {
        Trace trace = new Trace(
                kind,
                Arrays.stream(at).mapToLong(TestingEvidence::nanos).toArray(),
                Arrays.stream(at).map(value).toArray(),
                nanos(0.1));
        return Integral.over(trace, new Window(nanos(from), nanos(to)));
    }
}
