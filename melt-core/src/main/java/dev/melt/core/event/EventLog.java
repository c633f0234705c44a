package dev.melt.core.event;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one engine process said, whatever its own form of output is.
 *
 * @param facts what it says of itself, the model and its memory, flat: {@code engine.version}, {@code model.arch},
 *     {@code memory.kv_bytes}
 * @param effective the settings that took effect, by key
 * @param events in the order in which they were written; a turn is there only when it is finished
 * @param perf the engine's own timings, a turn each
 * @param answers generated text by turn
 * @param scores log-likelihoods that were asked for
 * @param figures that the engine states and that no event gives
 * @param endedWell the last line's verdict; empty when the process did not come to its end
 * @param damagedLines lines that could not be read and were left out
 * @param stamps what the events' nanoseconds are counted from
 */
public record EventLog(
        Map<String, String> facts,
        Map<String, String> effective,
        List<Event> events,
        List<EnginePerf> perf,
        Map<Integer, String> answers,
        List<Score> scores,
        List<StatedFigure> figures,
        List<EngineError> errors,
        Optional<Boolean> endedWell,
        int damagedLines,
        Stamps stamps) {
    public EventLog {
        facts = Map.copyOf(facts);
        effective = Map.copyOf(effective);
        events = List.copyOf(events);
        perf = List.copyOf(perf);
        answers = Map.copyOf(answers);
        scores = List.copyOf(scores);
        figures = List.copyOf(figures);
        errors = List.copyOf(errors);
        requireNonNull(endedWell, "endedWell");
        requireNonNull(stamps, "stamps");
    }

    /** The turns that were finished. */
    public List<Event.Turn> turns() {
        return events.stream()
                .filter(Event.Turn.class::isInstance)
                .map(Event.Turn.class::cast)
                .toList();
    }

    /** The same log, changed step by step. */
    public EventLogBuilder toBuilder() {
        return new EventLogBuilder(this);
    }
}
