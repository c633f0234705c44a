package dev.melt.core.metric;

/**
 * How the figures of a trial's turns become the figure of the trial. The same rule serves the trial itself and every
 * resample of its turns that an interval is made of, so that both mean the same thing.
 */
public sealed interface Pooling {
    /** The median over turns. */
    record Median() implements Pooling {}

    /**
     * The sum over turns. It has no value unless every turn that has the metric {@code every} has one of this too: the
     * sum of some turns is not the trial's.
     */
    record Sum(String every) implements Pooling {}

    /**
     * The mean weighted with another metric of the same turn. With a rate's own divisor for weight this is total over
     * total: tokens per second weighted with seconds are all tokens over all seconds.
     */
    record WeightedBy(String weight) implements Pooling {}

    /** The largest over turns. */
    record Largest() implements Pooling {}

    /** Not made of the turns' figures: computed for the trial on its own, or there are none per turn. */
    record None() implements Pooling {}

    Pooling MEDIAN = new Median();
    Pooling LARGEST = new Largest();
    Pooling NONE = new None();
}
