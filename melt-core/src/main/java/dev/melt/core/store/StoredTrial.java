package dev.melt.core.store;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.ClockOffset;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.trial.TrialRole;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trial of a stored run: planned, running or done.
 *
 * @param id fits {@link dev.melt.core.device.AgentJob#trialId()}
 * @param position place in the order of the run, from 0
 * @param repetition which trial of its cell and role, from 0
 * @param attempt how often it was started; 0 when never
 * @param cause in words, empty for {@link Outcome#OK} and before there is an outcome
 * @param startedAt wall time on the host; for people
 * @param startNanos boot-clock time of the engine's start on the device
 * @param effective the settings that took effect
 * @param facts what the engine said of itself
 */
public record StoredTrial(
        String id,
        String runId,
        String cellId,
        int position,
        int repetition,
        TrialRole role,
        int attempt,
        TrialState state,
        Optional<Outcome> outcome,
        String cause,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        OptionalLong startNanos,
        OptionalLong endNanos,
        Optional<ClockOffset> clock,
        SortedMap<String, String> effective,
        SortedMap<String, String> facts) {
    public StoredTrial {
        requireNonNull(id, "id");
        requireNonNull(runId, "runId");
        requireNonNull(cellId, "cellId");
        requireNonNull(role, "role");
        requireNonNull(state, "state");
        requireNonNull(outcome, "outcome");
        requireNonNull(cause, "cause");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(endedAt, "endedAt");
        requireNonNull(startNanos, "startNanos");
        requireNonNull(endNanos, "endNanos");
        requireNonNull(clock, "clock");
        effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** Whether resume has nothing more to do for it. */
    public boolean finished() {
        return state == TrialState.DONE && outcome.map(Outcome::isFinal).orElse(false);
    }
}
