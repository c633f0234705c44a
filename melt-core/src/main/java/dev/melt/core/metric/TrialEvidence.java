package dev.melt.core.metric;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.StatedFigure;
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
 * @param timing where the events' times come from
 * @param engine the engine's own figures, a turn each; empty where it gives none
 * @param stated figures that the engine states and that no event gives
 * @param peakRssBytes largest resident set of the engine's process tree, as the agent saw it
 * @param idle power at rest on both sides of the trial
 * @param busyShareBefore share of all processors that was busy before the engine was started, 0 to 1
 * @param threads processors that the engine may keep busy
 * @param periodNanos of the agent's sampler
 * @param clockBoundNanos events and samples are stamped within this of each other: the resolution of the stamps where
 *     one clock makes both, the error bound of the clock offset where a meter has its own; with the bound of
 *     {@code timing} in it
 * @param sustained whether the workload is a sustained run
 */
public record TrialEvidence(
        List<Event> events,
        List<Series> series,
        EventTiming timing,
        List<EnginePerf> engine,
        List<StatedFigure> stated,
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
        requireNonNull(timing, "timing");
        engine = List.copyOf(engine);
        stated = List.copyOf(stated);
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

    /** Of an engine that keeps to the agent protocol and states no figure. */
    public TrialEvidence(
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
        this(
                events,
                series,
                EventTiming.BOOT_CLOCK,
                engine,
                List.of(),
                model,
                device,
                peakRssBytes,
                idle,
                busyShareBefore,
                threads,
                periodNanos,
                clockBoundNanos,
                sustained);
    }

    /** Of what an engine said and nothing else, as of a file that somebody saved. */
    public static TrialEvidence ofLog(EventLog log) {
        OptionalLong kvBytes = Optional.ofNullable(log.facts().get("memory.kv_bytes"))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
        return new TrialEvidence(
                log.events(),
                List.of(),
                new EventTiming(log.stamps(), 0),
                log.perf(),
                log.figures(),
                new ModelFacts(OptionalLong.empty(), OptionalLong.empty(), kvBytes, OptionalDouble.empty(), "engine"),
                DeviceFacts.UNKNOWN,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                1,
                0,
                false);
    }
}
