package dev.melt.core.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an engine's output came to.
 *
 * @param version of the engine as the output writes it; empty where it does not
 * @param failure what went wrong, by name
 * @param metrics of the turns and of the whole; empty where nothing was measured
 * @param events their nanoseconds count from where the engine counts from
 * @param effective settings that took effect, by key, as far as the output tells
 */
public record ParsedRun(
        String kind,
        Optional<String> version,
        Outcome outcome,
        Optional<EngineError> failure,
        List<MetricValue> metrics,
        List<Event> events,
        Map<String, String> effective,
        long skipped)
        implements Parsed {
    public ParsedRun {
        requireNonNull(kind, "kind");
        requireNonNull(version, "version");
        requireNonNull(outcome, "outcome");
        requireNonNull(failure, "failure");
        metrics = List.copyOf(metrics);
        events = List.copyOf(events);
        effective = Map.copyOf(effective);
    }

    /** Whether it has figures that can be used, be it that something failed after them. */
    public boolean hasFigures() {
        return !metrics.isEmpty();
    }

    /** Of output that nobody knows. */
    static ParsedRun unknown(String kind, String message) {
        return new ParsedRun(
                kind,
                Optional.empty(),
                Outcome.UNPARSEABLE,
                Optional.of(new EngineError("unknown_output", message, OptionalInt.empty())),
                List.of(),
                List.of(),
                Map.of(),
                0);
    }
}
