package dev.melt.local;

import java.time.Duration;

/**
 * What sampling costs and how well it keeps time on this machine, measured beside an idle engine.
 *
 * @param channels columns that were read at each tick
 * @param period planned time between two ticks
 * @param length how long it was watched
 * @param processorShare time that the sampler and its children had a processor, per time; 0.01 is 1 % of one core
 * @param errorP50 median of |actual − scheduled| time of a tick
 * @param errorP99 its 99th percentile
 * @param errorMax its largest value
 * @param takenTicks ticks that are there
 * @param missedTicks ticks that were left out because their time was over
 * @param residentBytes the sampler's own largest resident set
 * @param clockBound how far its stamps may be from the boot clock
 * @param shell which shell it ran in, and how it waits and reads
 */
public record SamplerCalibration(
        int channels,
        Duration period,
        Duration length,
        double processorShare,
        Duration errorP50,
        Duration errorP99,
        Duration errorMax,
        long takenTicks,
        long missedTicks,
        long residentBytes,
        Duration clockBound,
        String shell) {
    private static final double CHEAP = 0.01;
    private static final double PUNCTUAL = 0.1;

    /** Whether it takes at most 1 % of a core. */
    public boolean isCheap() {
        return processorShare <= CHEAP;
    }

    /** Whether 99 of 100 ticks come within a tenth of the period. */
    public boolean isPunctual() {
        return errorP99.toNanos() <= period.toNanos() * PUNCTUAL;
    }
}
