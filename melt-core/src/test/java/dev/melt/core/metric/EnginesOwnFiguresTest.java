package dev.melt.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.outcome.Validity;
import dev.melt.core.outcome.Warning;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Figures of engines that give durations, rates or single figures instead of times. */
class EnginesOwnFiguresTest {
    private static long at(double seconds) {
        return TestingEvidence.nanos(seconds);
    }

    /** A prompt of 64 tokens in 0.5 s, then 31 steps in 2 s. */
    private static TestingEvidence durations() {
        TestingEvidence evidence = new TestingEvidence();
        evidence.timing = new EventTiming(Stamps.DURATIONS, 0);
        evidence.events.add(new Event.Prefill(0, at(10), at(10.5), 64, 0));
        evidence.events.add(new Event.Token(0, 0, at(10.5), OptionalInt.empty()));
        evidence.events.add(new Event.Decode(0, at(10.5), at(12.5), 31));
        evidence.events.add(new Event.Turn(0, 0, at(10), at(12.5), 32, 0));
        return evidence;
    }

    @Test
    void giveRatesFromASpanOfStepsAndNoGapsBetweenTokens() {
        TestingEvidence.Figures figures = durations().figures();

        assertThat(figures.trial("decode_rate")).hasValue(15.5);
        assertThat(figures.trial("tpot").orElseThrow()).isCloseTo(2.0 / 31, within(1e-12));
        assertThat(figures.trial("generated_tokens")).hasValue(32);
        assertThat(figures.trial("ttft")).hasValue(0.5);
        assertThat(figures.trial("turn_time")).hasValue(2.5);
        assertThat(figures.all()).noneMatch(v -> v.metric().startsWith("itl_"));
    }

    @Test
    void giveEnergyOverTheSpans() {
        TestingEvidence evidence = durations().rail(8, 15, t -> 4);

        assertThat(evidence.figures().trial("energy_decode").orElseThrow()).isCloseTo(8, within(1e-6));
        assertThat(evidence.figures().trial("energy_prefill").orElseThrow()).isCloseTo(2, within(1e-6));
        assertThat(evidence.figures().trial("energy_per_token").orElseThrow()).isCloseTo(10.0 / 32, within(1e-6));
    }

    @Test
    void anEngineIsNoSecondOpinionOnItsOwnDurations() {
        TestingEvidence evidence = durations();
        evidence.engine.add(new EnginePerf(0, 0.5, 64, 2, 32)); // counts the first token, too

        assertThat(evidence.warnings()).extracting(Warning::validity).doesNotContain(Validity.ENGINE_DISAGREES);

        evidence.timing = EventTiming.BOOT_CLOCK;

        assertThat(evidence.warnings()).extracting(Warning::validity).contains(Validity.ENGINE_DISAGREES);
    }

    @Test
    void aRoughPlaceOfTheWindowsWidensTheEnergyAndIsSaid() {
        TestingEvidence sharp = durations().rail(8, 15, t -> 4);
        TestingEvidence rough = durations().rail(8, 15, t -> 4);
        rough.timing = new EventTiming(Stamps.DURATIONS, at(0.1));

        assertThat(uncertainty(rough)).isGreaterThan(uncertainty(sharp) + 0.3);
        assertThat(rough.warnings())
                .filteredOn(w -> w.validity() == Validity.WINDOW_ESTIMATED)
                .extracting(Warning::evidence)
                .containsExactly("events placed within 0.100 s by durations; the shortest energy window has 0.500 s");
    }

    @Test
    void aTwentiethOfTheShortestWindowIsStillGoodEnough() {
        TestingEvidence good = durations().rail(8, 15, t -> 4);
        good.timing = new EventTiming(Stamps.DURATIONS, at(0.025));
        TestingEvidence worse = durations().rail(8, 15, t -> 4);
        worse.timing = new EventTiming(Stamps.DURATIONS, at(0.0251));

        assertThat(good.warnings()).extracting(Warning::validity).doesNotContain(Validity.WINDOW_ESTIMATED);
        assertThat(worse.warnings()).extracting(Warning::validity).contains(Validity.WINDOW_ESTIMATED);
    }

    private static double uncertainty(TestingEvidence evidence) {
        return evidence.figures().ofTrial("energy").uncertainty().orElseThrow();
    }

    @Test
    void aStatedFigureFillsAHoleAndReplacesNothing() {
        TestingEvidence evidence = durations();
        evidence.stated.add(StatedFigure.ofTrial("peak_rss", 5e8));
        evidence.stated.add(StatedFigure.ofTurn("decode_rate", 0, 99));

        assertThat(evidence.figures().ofTrial("peak_rss").source()).isEqualTo("engine, stated");
        assertThat(evidence.figures().trial("peak_rss")).hasValue(5e8);
        assertThat(evidence.figures().trial("decode_rate")).hasValue(15.5);

        evidence.peakRss = OptionalLong.of(600_000_000);

        assertThat(evidence.figures().trial("peak_rss")).hasValue(6e8);
    }

    @Test
    void aFigureOfNoMetricIsAFaultOfTheAdapter() {
        TestingEvidence evidence = durations();
        evidence.stated.add(StatedFigure.ofTrial("tokens_per_fortnight", 1));

        assertThatThrownBy(evidence::figures)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokens_per_fortnight");
    }

    @Test
    void aRateThatOneTurnStatesIsTheTrials() {
        TestingEvidence evidence = new TestingEvidence();
        evidence.stated.add(StatedFigure.ofTurn("decode_rate", 0, 20));

        assertThat(evidence.figures().trial("decode_rate")).hasValue(20);
    }

    @Test
    void ratesWithoutTimesArePooledAsIfAllTurnsHadAsManyTokens() {
        TestingEvidence evidence = new TestingEvidence();
        evidence.engine.add(new EnginePerf(0, EnginePerf.Phase.NONE, EnginePerf.Phase.ofRate(10)));
        evidence.engine.add(new EnginePerf(1, EnginePerf.Phase.NONE, EnginePerf.Phase.ofRate(30)));

        assertThat(evidence.figures().trial("decode_rate_engine").orElseThrow()).isCloseTo(15, within(1e-12));
    }
}
