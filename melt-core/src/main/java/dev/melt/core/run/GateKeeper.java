package dev.melt.core.run;

import dev.melt.core.device.Agent;
import dev.melt.core.telemetry.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Waits before a trial until its gate opens, the time is over, or a person stops the run. */
final class GateKeeper {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** Over which utilisation is taken where it is limited; otherwise no trial waits for it. */
    private static final Duration UTILISATION_SPAN = Duration.ofMillis(200);

    private final Agent agent;
    private final GateLimits limits;
    private final StopSignal stop;
    private final BiConsumer<List<String>, Duration> waiting;

    GateKeeper(Agent agent, GateLimits limits, StopSignal stop, BiConsumer<List<String>, Duration> waiting) {
        this.agent = agent;
        this.limits = limits;
        this.stop = stop;
        this.waiting = waiting;
    }

    /**
     * How the wait ended.
     *
     * @param unmet what still does not hold; empty when the gate is open
     * @param unreadable limits that this device cannot be held to
     * @param last the newest observation
     */
    record Passage(List<String> unmet, List<String> unreadable, Observation last) {
        boolean open() {
            return unmet.isEmpty();
        }
    }

    /** Looks until the gate opens or the limits' time-out has passed; looks at least once. */
    Passage pass() {
        Gate gate = new Gate(limits);
        Duration span = limits.maxUtilisation().isPresent() ? UTILISATION_SPAN : Duration.ZERO;
        List<Observation> observations = new ArrayList<>();
        long start = System.nanoTime();
        while (true) {
            observations.add(agent.observe(span));
            Gate.Verdict verdict = gate.judge(observations);
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            boolean timeIsOver = waited.plus(BETWEEN_LOOKS).compareTo(limits.timeout()) > 0;
            if (verdict.open() || timeIsOver || stop.isRaised()) {
                return new Passage(verdict.unmet(), verdict.unreadable(), observations.get(observations.size() - 1));
            }
            waiting.accept(verdict.unmet(), waited);
            stop.await(BETWEEN_LOOKS);
        }
    }
}
