package dev.melt.core.metric;

import static dev.melt.core.metric.TestingEvidence.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.Event;
import dev.melt.core.event.PageCache;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyFiguresTest {
    @Test
    void measuresATurnFromItsStartToItsTokens() {
        var figures = new TestingEvidence()
                .turn(0, 10, 64, 0.8, 1.0, 1.1, 1.3, 1.4, 1.5)
                .figures();

        assertThat(figures.trial("ttft").orElseThrow()).isEqualTo(1.0);
        assertThat(figures.trial("turn_time").orElseThrow()).isEqualTo(1.5);
        assertThat(figures.trial("prefill_rate").orElseThrow()).isCloseTo(80, within(1e-9));
        assertThat(figures.trial("decode_rate").orElseThrow()).isCloseTo(4 / 0.5, within(1e-9));
        assertThat(figures.trial("tpot").orElseThrow()).isCloseTo(0.125, within(1e-9));
        assertThat(figures.trial("generated_tokens").orElseThrow()).isEqualTo(5);
    }

    @Test
    void aSingleTokenHasNoDecodeRate() {
        var one = new TestingEvidence().turn(0, 0, 8, 0.1, 0.2).figures();
        var two = new TestingEvidence().turn(0, 0, 8, 0.1, 0.2, 0.3).figures();

        assertThat(one.trial("decode_rate")).isEmpty();
        assertThat(one.trial("tpot")).isEmpty();
        assertThat(one.trial("itl_p50")).isEmpty();
        assertThat(one.trial("ttft")).hasValue(0.2);
        assertThat(two.trial("decode_rate").orElseThrow()).isCloseTo(10, within(1e-9));
    }

    @Test
    void ratesOfSeveralTurnsAreTotalTokensOverTotalTimeAndNotTheMeanOfRates() {
        // 10 steps in 1 s and 10 steps in 4 s: 20 / 5 s = 4 tok/s; the mean of 10 and 2.5 would be 6.25
        var figures = new TestingEvidence()
                .turn(0, 0, 100, 0.5, evenly(1, 0.1, 11))
                .turn(1, 100, 100, 2, evenly(3, 0.4, 11))
                .figures();

        assertThat(figures.turn("decode_rate", 0).orElseThrow()).isCloseTo(10, within(1e-6));
        assertThat(figures.turn("decode_rate", 1).orElseThrow()).isCloseTo(2.5, within(1e-6));
        assertThat(figures.trial("decode_rate").orElseThrow()).isCloseTo(4, within(1e-6));
        assertThat(figures.trial("tpot").orElseThrow()).isCloseTo(0.25, within(1e-6));
        assertThat(figures.trial("prefill_rate").orElseThrow()).isCloseTo(200 / 2.5, within(1e-6));
    }

    @Test
    void timesOfSeveralTurnsAreTheirMedian() {
        var figures = new TestingEvidence()
                .turn(0, 0, 8, 0.1, 0.2, 0.3)
                .turn(1, 10, 8, 0.1, 0.3, 0.4)
                .turn(2, 20, 8, 0.1, 9.0, 9.1)
                .figures();

        assertThat(figures.trial("ttft").orElseThrow()).isCloseTo(0.3, within(1e-9));
        assertThat(figures.trial("turn_time").orElseThrow()).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void tokensFromTheCacheAreNotPrefilled() {
        TestingEvidence evidence = new TestingEvidence();
        evidence.events.add(new Event.Prefill(0, 0, nanos(0.5), 10, 90));
        evidence.tokens(0, 0, 0.5, 0.6);

        assertThat(evidence.figures().trial("prefill_rate").orElseThrow()).isCloseTo(20, within(1e-9));
    }

    @Test
    void aPromptThatIsWhollyCachedHasNoPrefillRate() {
        TestingEvidence evidence = new TestingEvidence();
        evidence.events.add(new Event.Prefill(0, 0, nanos(0.001), 0, 90));
        evidence.tokens(0, 0, 0.5, 0.6);

        assertThat(evidence.figures().trial("prefill_rate")).isEmpty();
        assertThat(evidence.figures().trial("ttft")).hasValue(0.5);
    }

    @Test
    void p99NeedsAHundredGaps() {
        var with99 =
                new TestingEvidence().turn(0, 0, 8, 0.1, evenly(1, 0.1, 100)).figures();
        var with100 =
                new TestingEvidence().turn(0, 0, 8, 0.1, evenly(1, 0.1, 101)).figures();

        assertThat(with99.trial("itl_p95")).isPresent();
        assertThat(with99.trial("itl_p99")).isEmpty();
        assertThat(with100.trial("itl_p99").orElseThrow()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void gapsOfAllTurnsArePooledForTheTrial() {
        var figures = new TestingEvidence()
                .turn(0, 0, 8, 0.1, 1, 2, 4)
                .turn(1, 10, 8, 0.1, 1, 4, 8)
                .figures();

        // gaps 1, 2, 3, 4: type 7 gives 2.5 and 3.7
        assertThat(figures.trial("itl_p50").orElseThrow()).isCloseTo(2.5, within(1e-9));
        assertThat(figures.trial("itl_p90").orElseThrow()).isCloseTo(3.7, within(1e-9));
        assertThat(figures.turn("itl_p50", 0).orElseThrow()).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void aLostTokenLineMakesNoLongGapAndLosesNoToken() {
        TestingEvidence evidence = new TestingEvidence().turn(0, 0, 8, 0.1, 1, 2, 3, 4);
        evidence.events.removeIf(e -> e instanceof Event.Token token && token.index() == 2);

        assertThat(evidence.figures().trial("itl_p95").orElseThrow()).isCloseTo(1, within(1e-9));
        assertThat(evidence.figures().trial("decode_rate").orElseThrow()).isCloseTo(1, within(1e-9));
    }

    @Test
    void withoutTheFirstTokenThereIsNeitherTtftNorDecodeRate() {
        TestingEvidence evidence = new TestingEvidence().turn(0, 0, 8, 0.1, 1, 2, 3);
        evidence.events.removeIf(e -> e instanceof Event.Token token && token.index() == 0);

        assertThat(evidence.figures().trial("ttft")).isEmpty();
        assertThat(evidence.figures().trial("decode_rate")).isEmpty();
    }

    @Test
    void loadTimeSaysWhetherThePagesWereInTheCache() {
        TestingEvidence evidence = new TestingEvidence().turn(0, 5, 8, 0.1, 1, 2);
        evidence.events.add(new Event.Load(nanos(1), nanos(1.25), PageCache.COLD));

        MetricValue load = evidence.figures().ofTrial("load_time");
        assertThat(load.value()).isEqualTo(0.25);
        assertThat(load.source()).isEqualTo("events, cold");
    }

    @Test
    void nothingComesOfNoEvidence() {
        assertThat(new TestingEvidence().figures().all()).isEmpty();
        assertThat(new TestingEvidence().warnings()).isEmpty();
    }

    @Test
    void everyFigureIsOfADeclaredMetricInItsUnit() {
        var figures = new TestingEvidence()
                .turn(0, 10, 64, 0.8, evenly(1, 0.1, 30))
                .rail(9, 20, t -> 5)
                .figures();

        assertThat(figures.all()).hasSizeGreaterThan(20).allSatisfy(v -> {
            Metric metric = Metrics.find(v.metric()).orElseThrow();
            assertThat(v.unit()).isEqualTo(metric.unit());
            assertThat(v.formulaVersion()).isEqualTo(metric.formulaVersion());
            assertThat(v.turn().equals(OptionalInt.empty()) || metric.scope() == Scope.TURN)
                    .isTrue();
        });
    }

    static double[] evenly(double first, double step, int tokens) {
        return IntStream.range(0, tokens).mapToDouble(i -> first + i * step).toArray();
    }
}
