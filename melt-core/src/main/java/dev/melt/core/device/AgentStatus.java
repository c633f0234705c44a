package dev.melt.core.device;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the agent says of a trial.
 *
 * @param bootId of the boot in which it was started; another one now means that the device restarted
 * @param exitCode of the engine, 128 + N when signal N ended it; there when the state is {@link State#FINISHED}
 * @param startNanos boot-clock time of the engine's start
 * @param endNanos boot-clock time of its end
 * @param peakRssBytes largest resident set of the engine's process tree that was seen
 * @param ticks samples that the sampler took
 * @param missedTicks samples that it should have taken and did not
 * @param details everything that the agent says, by its own keys ({@code clock}, {@code clock_bound_ns}, {@code shell},
 *     {@code max_late_ns}, {@code sampler_cpu_ms}, {@code oom_kills}, {@code boot_now}, ...)
 */
public record AgentStatus(
        State state,
        Optional<String> bootId,
        OptionalInt exitCode,
        OptionalLong startNanos,
        OptionalLong endNanos,
        OptionalLong peakRssBytes,
        OptionalLong ticks,
        OptionalLong missedTicks,
        SortedMap<String, String> details) {
    public AgentStatus {
        requireNonNull(state, "state");
        requireNonNull(bootId, "bootId");
        details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
    }

    public AgentStatus(
            State state,
            Optional<String> bootId,
            OptionalInt exitCode,
            OptionalLong startNanos,
            OptionalLong endNanos,
            OptionalLong peakRssBytes,
            OptionalLong ticks,
            OptionalLong missedTicks) {
        this(state, bootId, exitCode, startNanos, endNanos, peakRssBytes, ticks, missedTicks, new TreeMap<>());
    }

    /** Of a trial that the device does not know. */
    public static AgentStatus unknown() {
        return StatusText.parse(Map.of("state", State.UNKNOWN.name()));
    }

    /** What this means of a trial whose files were collected: one that "is running" in them has lost its agent. */
    public AgentStatus asLeft() {
        return state == State.RUNNING
                ? new AgentStatus(
                        State.LOST, bootId, exitCode, startNanos, endNanos, peakRssBytes, ticks, missedTicks, details)
                : this;
    }

    /** Processes that the system killed for want of memory while the trial ran; empty where it does not count them. */
    public OptionalLong oomKills() {
        return StatusText.number(details, "oom_kills");
    }

    /** Whether the device restarted since the trial was started. */
    public boolean rebooted() {
        return bootId.isPresent() && !bootId.get().equals(details.getOrDefault("boot_now", bootId.get()));
    }

    /** Where a trial is in its life. */
    public enum State {
        /** No such trial on the device. */
        UNKNOWN,
        RUNNING,
        /** The engine ended and the status is complete. */
        FINISHED,
        /** The agent ended the engine because its deadline had passed. */
        DEADLINE,
        /** The agent ended the engine because it was told to. */
        STOPPED,
        /** It was running and is gone without a trace of its end: the device restarted, or the agent was killed. */
        LOST
    }

    /** Whether nothing more will come. */
    public boolean ended() {
        return state != State.RUNNING;
    }
}
