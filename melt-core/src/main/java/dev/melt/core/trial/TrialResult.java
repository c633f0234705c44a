package dev.melt.core.trial;

import static java.util.Objects.requireNonNull;

import dev.melt.core.device.ClockOffset;
import dev.melt.core.event.Event;
import dev.melt.core.metric.MetricValue;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Warning;
import dev.melt.core.telemetry.Series;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one trial brought back.
 *
 * @param cause why the outcome is what it is, in words with the evidence; empty for {@link Outcome#OK}
 * @param effective the settings that took effect, by key, as far as the engine says
 * @param facts what the engine says of itself and of the model ({@code engine_version}, {@code system_info}, ...)
 * @param warnings why the figures may not be quoted as they are
 * @param clock relation of the device's clock to the host's, where it was measured
 */
public record TrialResult(
        String trialId,
        Outcome outcome,
        String cause,
        Map<String, String> effective,
        Map<String, String> facts,
        List<Event> events,
        List<Series> series,
        List<MetricValue> metrics,
        List<Warning> warnings,
        List<Artifact> artifacts,
        Optional<ClockOffset> clock) {
    public TrialResult {
        requireNonNull(trialId, "trialId");
        requireNonNull(outcome, "outcome");
        requireNonNull(cause, "cause");
        effective = Map.copyOf(effective);
        facts = Map.copyOf(facts);
        events = List.copyOf(events);
        series = List.copyOf(series);
        metrics = List.copyOf(metrics);
        warnings = List.copyOf(warnings);
        artifacts = List.copyOf(artifacts);
        requireNonNull(clock, "clock");
    }
}
