package dev.melt.core.run;

import dev.melt.core.gate.Gate;
import dev.melt.core.gate.GateLimit;
import dev.melt.core.gate.GateLimits;
import dev.melt.core.telemetry.Observation;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Waits before a trial until its gate opens, the time is over, or a person stops the run. Looks at longer and longer distances, because
 * each look is a few processes on the device and warms it.
 */
final class GateKeeper {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** Over which utilisation is taken where it is limited; otherwise no trial waits for it. */
    private static final Duration UTILISATION_SPAN = Duration.ofMillis(200);

    private final GateLimits limits;
    private final Function<Duration, Observation> look;
    private final Pause pause;
    private final Listener listener;

    /**
     * A keeper of one gate.
     *
     * @param look takes an observation, over a span for shares of time
     */
    GateKeeper(GateLimits limits, Function<Duration, Observation> look, Pause pause, Listener listener) {
        this.limits = limits;
        this.look = look;
        this.pause = pause;
        this.listener = listener;
    }

    /** Told of each look that leaves the gate shut. */
    interface Listener {
        /** Called before the wait for the next look, with what does not hold, and how long is waited still at the most. */
        void waiting(List<String> unmet, Duration waited, Duration left);
    }

    /**
     * How time passes.
     *
     * @param nanos of a clock that only goes forward
     * @param awaits lets a time pass, and tells whether a person wants the run to end
     */
    record Pause(LongSupplier nanos, Predicate<Duration> awaits) {
        static Pause of(StopSignal stop) {
            return new Pause(System::nanoTime, stop::await);
        }
    }

    /**
     * How the wait ended.
     *
     * @param unmet what still does not hold; empty when the gate is open
     * @param unreadable limits that this device cannot be held to
     * @param last the newest observation
     */
    record Passage(List<String> unmet, List<String> unreadable, Observation last) {
        Passage {
            unmet = List.copyOf(unmet);
            unreadable = List.copyOf(unreadable);
        }

        boolean open() {
            return unmet.isEmpty();
        }
    }

    /** Looks until the gate opens or the limits' time-out has passed; looks at least once. */
    Passage pass(Gate gate) {
        Duration span = limits.has(GateLimit.UTILISATION) ? UTILISATION_SPAN : Duration.ZERO;
        long start = pause.nanos().getAsLong();
        Duration wait = FIRST_WAIT;
        while (true) {
            Observation seen = look.apply(span);
            Gate.Verdict verdict = gate.judge(seen);
            Duration waited = Duration.ofNanos(pause.nanos().getAsLong() - start);
            Duration left = limits.timeout().minus(waited);
            Passage passage = new Passage(verdict.unmet(), verdict.unreadable(), seen);
            if (verdict.open() || left.isZero() || left.isNegative()) {
                return passage;
            }
            listener.waiting(verdict.unmet(), waited, left);
            if (pause.awaits().test(shorter(wait, left))) {
                return passage;
            }
            wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
