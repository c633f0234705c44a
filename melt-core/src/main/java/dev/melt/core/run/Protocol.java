package dev.melt.core.run;

import static java.util.Objects.requireNonNull;

import dev.melt.core.gate.GateLimits;
import java.time.Duration;

/**
 * How the trials of a run are carried out.
 *
 * @param trials that count, of each cell
 * @param warmups uncounted trials of each cell before them
 * @param profile whether one more trial of each cell times every operator
 * @param seed of the order of trials
 * @param samplingPeriod between two ticks of the sampler
 * @param idle how long power is sampled before and after the engine, where the device has a power source
 * @param cooldown waited before every trial but the first
 * @param deadline of one trial
 */
public record Protocol(
        int trials,
        int warmups,
        boolean profile,
        long seed,
        Duration samplingPeriod,
        Duration idle,
        Duration cooldown,
        Duration deadline,
        GateLimits gate) {
    public Protocol {
        if (trials < 1 || warmups < 0) {
            throw new IllegalArgumentException("at least one trial and no negative count of warm-ups");
        }
        requireNonNull(samplingPeriod, "samplingPeriod");
        requireNonNull(idle, "idle");
        requireNonNull(cooldown, "cooldown");
        requireNonNull(deadline, "deadline");
        requireNonNull(gate, "gate");
    }
}
