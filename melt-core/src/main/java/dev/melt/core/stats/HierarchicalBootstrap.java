package dev.melt.core.stats;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap interval of the median over trials. Each resample draws trials with replacement, and inside each
 * drawn trial its turns with replacement: turns of one trial share its process and its temperature, so that drawing
 * them all from one pot would make the interval too narrow. Immutable; the same seed and data give the same interval on
 * every machine.
 *
 * @param seed of the resampling, to be stored beside the interval
 * @param resamples how many are drawn
 */
public record HierarchicalBootstrap(long seed, int resamples) {
    public static final int DEFAULT_RESAMPLES = 2000;
    private static final double TAIL = 0.025;

    public HierarchicalBootstrap {
        if (resamples < 100) {
            throw new IllegalArgumentException("an interval needs 100 resamples or more, was " + resamples);
        }
    }

    public HierarchicalBootstrap(long seed) {
        this(seed, DEFAULT_RESAMPLES);
    }

    /** The middle 95 %. */
    public record Interval(double low, double high) {}

    /**
     * The 95 % interval of the median of {@code figure} over trials.
     *
     * @param trials each as the list of its turns; a trial without turns inside is a list of one
     * @param figure of a trial, from a resample of its turns
     * @return empty for fewer than two trials: one trial tells nothing of how trials differ
     */
    public <T> Optional<Interval> medianOverTrials(List<List<T>> trials, ToDoubleFunction<List<T>> figure) {
        if (trials.size() < 2) {
            return Optional.empty();
        }
        SplitMix64 random = new SplitMix64(seed);
        double[] medians = new double[resamples];
        double[] drawn = new double[trials.size()];
        for (int r = 0; r < resamples; r++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = figure.applyAsDouble(resample(trials.get(random.nextInt(trials.size())), random));
            }
            medians[r] = Quantile.median(drawn).getAsDouble();
        }
        return Optional.of(new Interval(
                Quantile.of(medians, TAIL).getAsDouble(),
                Quantile.of(medians, 1 - TAIL).getAsDouble()));
    }

    private static <T> List<T> resample(List<T> turns, SplitMix64 random) {
        if (turns.size() == 1) {
            return turns;
        }
        return turns.stream()
                .map(any -> turns.get(random.nextInt(turns.size())))
                .toList();
    }
}
