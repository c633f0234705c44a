package dev.melt.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.melt.core.stats.HierarchicalBootstrap.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HierarchicalBootstrapTest {
    @Test
    void oneTrialHasNoInterval() {
        assertThat(median(1, List.of(List.of(1.0, 2.0, 3.0)))).isEmpty();
    }

    @Test
    void equalTrialsHaveAnIntervalOfNoWidth() {
        assertThat(median(1, List.of(List.of(4.0), List.of(4.0), List.of(4.0)))).contains(new Interval(4, 4));
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        List<List<Double>> trials = drawn(new Random(7), 9, 1, 100, 5, 0);

        assertThat(median(42, trials)).isEqualTo(median(42, trials));
    }

    @Test
    void ofTwoTrialsTheIntervalReachesFromOneToTheOther() {
        assertThat(median(1, List.of(List.of(1.0), List.of(2.0)))).contains(new Interval(1, 2));
    }

    /**
     * The median of a resample of 21 is at most the j-th value with the probability that 11 or more of 21 draws, each
     * with chance j/21, are: 0.0183 for the 6th and 0.0557 for the 7th. So the 2.5 % point is the 7th, the other the
     * 15th.
     */
    @Test
    void theIntervalOfTwentyOneIsTheOneThatTheBinomialDistributionGives() {
        List<List<Double>> trials = new ArrayList<>();
        for (int i = 1; i <= 21; i++) {
            trials.add(List.of((double) i));
        }
        assertThat(median(3, trials)).contains(new Interval(7, 15));
    }

    /** The same formula says how often such intervals hold the true median: 92.2 % for 21 values. */
    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        Random random = new Random(11);
        int held = 0;
        for (int i = 0; i < 500; i++) {
            Interval interval = new HierarchicalBootstrap(i, 400)
                    .medianOverTrials(drawn(random, 21, 1, 100, 5, 0), t -> t.get(0))
                    .orElseThrow();
            held += interval.low() <= 100 && 100 <= interval.high() ? 1 : 0;
        }
        assertThat(held).isBetween(440, 482);
    }

    @Test
    void turnsInsideATrialDoNotMakeTheIntervalNarrow() {
        // trials differ by 10, their turns by 1: twenty turns each must not pass for sixty independent values
        List<List<Double>> trials = drawn(new Random(5), 5, 20, 100, 10, 1);
        Interval interval = median(1, trials).orElseThrow();
        double[] means =
                trials.stream().mapToDouble(HierarchicalBootstrapTest::mean).toArray();
        double spread = Quantile.of(means, 0.75).orElseThrow()
                - Quantile.of(means, 0.25).orElseThrow();

        assertThat(interval.high() - interval.low()).isGreaterThan(spread / 2);
    }

    private static Optional<Interval> median(long seed, List<List<Double>> trials) {
        return new HierarchicalBootstrap(seed).medianOverTrials(trials, HierarchicalBootstrapTest::mean);
    }

    private static double mean(List<Double> turns) {
        return turns.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static List<List<Double>> drawn(
            Random random, int trials, int turns, double centre, double between, double within) {
        List<List<Double>> drawn = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            double trial = centre + between * random.nextGaussian();
            drawn.add(random.doubles(turns)
                    .map(any -> trial + within * random.nextGaussian())
                    .boxed()
                    .toList());
        }
        return drawn;
    }
}
