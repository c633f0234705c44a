package dev.melt.core.run;

import java.time.Duration;
import java.util.Optional;

/** Estimates how long a run still takes: the mean of the trials so far times those that are left. */
final class RemainingTime {
    private final int trials;
    private int finished;
    private Duration spent = Duration.ZERO;

    RemainingTime(int trials) {
        this.trials = trials;
    }

    void took(Duration time) {
        finished++;
        spent = spent.plus(time);
    }

    /** Empty before the first trial has finished. */
    Optional<Duration> estimate() {
        return finished == 0
                ? Optional.empty()
                : Optional.of(spent.dividedBy(finished).multipliedBy(trials - finished));
    }
}
