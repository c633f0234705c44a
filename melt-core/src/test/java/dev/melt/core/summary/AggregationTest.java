package dev.melt.core.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.melt.core.metric.Metric;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.metric.Metrics;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.summary.Summary.LeftOut;
import dev.melt.core.summary.Summary.Outlier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AggregationTest {
    private static final Metric DECODE_RATE = Metrics.find("decode_rate").orElseThrow();
    private static final Metric DECODE_TIME = Metrics.find("decode_time").orElseThrow();
    private static final Metric LOAD_TIME = Metrics.find("load_time").orElseThrow();

    private final List<TrialFigures> trials = new ArrayList<>();

    @Test
    void summarisesTrialsByTheirMedian() {
        rates(10, 12, 11, 14, 13);

        Summary summary = summary("decode_rate");
        assertThat(summary.n()).isEqualTo(5);
        assertThat(summary.median()).isEqualTo(12);
        assertThat(summary.mad()).hasValue(1);
        assertThat(summary.min()).isEqualTo(10);
        assertThat(summary.max()).isEqualTo(14);
        assertThat(summary.low().orElseThrow()).isBetween(10.0, 12.0);
        assertThat(summary.high().orElseThrow()).isBetween(12.0, 14.0);
        assertThat(summary.leftOut()).isEmpty();
    }

    @Test
    void aFailedTrialIsLeftOutWithItsReason() {
        rates(10, 12);
        trials.add(new TrialFigures(
                "t2", Outcome.CRASHED, "signal 11 in turn 3", List.of(DECODE_RATE.ofTrial(99, "events"))));

        assertThat(summary("decode_rate").n()).isEqualTo(2);
        assertThat(summary("decode_rate").max()).isEqualTo(12);
        assertThat(summary("decode_rate").leftOut()).containsExactly(new LeftOut("t2", "CRASHED: signal 11 in turn 3"));
    }

    @Test
    void aTrialWithoutTheFigureIsCountedAsLeftOut() {
        rates(10, 12);
        trials.add(new TrialFigures("t2", Outcome.OK, "", List.of()));

        assertThat(summary("decode_rate").leftOut()).containsExactly(new LeftOut("t2", "no value"));
    }

    @Test
    void anOutlierIsFlaggedAndStaysIn() {
        rates(10, 10.1, 9.9, 10.2, 9.8, 20);

        Summary summary = summary("decode_rate");
        assertThat(summary.n()).isEqualTo(6);
        assertThat(summary.max()).isEqualTo(20);
        assertThat(summary.outliers()).extracting(Outlier::trialId).containsExactly("t5");
    }

    @Test
    void oneTrialHasNeitherIntervalNorSpread() {
        rates(10);

        assertThat(summary("decode_rate").low()).isEmpty();
        assertThat(summary("decode_rate").high()).isEmpty();
        assertThat(summary("decode_rate").mad()).isEmpty();
        assertThat(summaries()).extracting(Summary::metric).doesNotContain("rate_cv");
    }

    @Test
    void figuresOfDifferentSourcesAreKeptApart() {
        trials.add(new TrialFigures("t0", Outcome.OK, "", List.of(LOAD_TIME.ofTrial(9, "events, cold"))));
        trials.add(new TrialFigures("t1", Outcome.OK, "", List.of(LOAD_TIME.ofTrial(1, "events, warm"))));
        trials.add(new TrialFigures("t2", Outcome.OK, "", List.of(LOAD_TIME.ofTrial(2, "events, warm"))));

        assertThat(summaries()).extracting(Summary::source).containsExactly("events, warm", "events, cold");
        assertThat(summary("load_time").median()).isEqualTo(1.5);
        assertThat(summary("load_time").leftOut())
                .containsExactly(new LeftOut("t0", "from another source: events, cold, formula version 1"));
    }

    @Test
    void theIntervalResamplesTurnsByTotalOverTotal() {
        // every trial has the same two turns: 10 tok/s for 1 s, 2.5 tok/s for 4 s; a resample gives 10, 4 or 2.5
        for (int i = 0; i < 6; i++) {
            trials.add(new TrialFigures(
                    "t" + i,
                    Outcome.OK,
                    "",
                    List.of(
                            DECODE_RATE.ofTurn(0, 10, "events"),
                            DECODE_TIME.ofTurn(0, 1, "events"),
                            DECODE_RATE.ofTurn(1, 2.5, "events"),
                            DECODE_TIME.ofTurn(1, 4, "events"),
                            DECODE_RATE.ofTrial(4, "events"))));
        }
        Summary summary = summary("decode_rate");
        assertThat(summary.median()).isEqualTo(4);
        assertThat(summary.low().orElseThrow()).isBetween(2.5, 3.9);
        assertThat(summary.high().orElseThrow()).isBetween(4.1, 10.0);
    }

    @Test
    void variationOfTheDecodeRateBelongsToTheCell() {
        rates(9, 11);

        assertThat(summary("rate_cv").median()).isCloseTo(Math.sqrt(2) / 10, within(1e-12));
        assertThat(summary("rate_cv").n()).isEqualTo(2);
    }

    @Test
    void summariesComeInTheOrderOfTheMetricList() {
        rates(9, 11);
        trials.add(new TrialFigures("t2", Outcome.OK, "", List.<MetricValue>of(LOAD_TIME.ofTrial(9, "events, cold"))));

        assertThat(summaries()).extracting(Summary::metric).containsExactly("load_time", "decode_rate", "rate_cv");
    }

    private void rates(double... tokensPerSecond) {
        for (int i = 0; i < tokensPerSecond.length; i++) {
            trials.add(new TrialFigures(
                    "t" + i, Outcome.OK, "", List.of(DECODE_RATE.ofTrial(tokensPerSecond[i], "events"))));
        }
    }

    private List<Summary> summaries() {
        return new Aggregation(20240601).summarise(trials);
    }

    private Summary summary(String metric) {
        return summaries().stream()
                .filter(s -> s.metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }
}
