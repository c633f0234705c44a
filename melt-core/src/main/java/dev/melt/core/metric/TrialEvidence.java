package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.telemetry.Series;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Everything that the figures of one trial are computed from. Immutable but for the series' arrays, which nobody
 * changes.
 *
 * @param series what was measured; series that were derived from others are taken out
 * @param engine the engine's own figures, a turn each; empty where it gives none
 * @param peakRssBytes largest resident set of the engine's process tree, as the agent saw it
 * @param idle power at rest on both sides of the trial
 * @param busyShareBefore share of all processors that was busy before the engine was started, 0 to 1
 * @param threads processors that the engine may keep busy
 * @param periodNanos of the agent's sampler
 * @param clockBoundNanos events and samples are stamped within this of each other: the resolution of the stamps where
 *     one clock makes both, the error bound of the clock offset where a meter has its own
 * @param sustained whether the workload is a sustained run
 */
public record TrialEvidence(
        List<Event> events,
        List<Series> series,
        List<EnginePerf> engine,
        ModelFacts model,
        DeviceFacts device,
        OptionalLong peakRssBytes,
        Optional<IdlePower> idle,
        OptionalDouble busyShareBefore,
        OptionalInt threads,
        long periodNanos,
        long clockBoundNanos,
        boolean sustained) {
    public TrialEvidence {
        events = List.copyOf(events);
        series = series.stream().filter(s -> !Quantities.isDerived(s.channel())).toList();
        engine = List.copyOf(engine);
        requireNonNull(model, "model");
        requireNonNull(device, "device");
        requireNonNull(peakRssBytes, "peakRssBytes");
        requireNonNull(idle, "idle");
        requireNonNull(busyShareBefore, "busyShareBefore");
        requireNonNull(threads, "threads");
        if (periodNanos <= 0 || clockBoundNanos < 0) {
            throw new IllegalArgumentException("the period must be positive and the clock bound not negative");
        }
    }
}
