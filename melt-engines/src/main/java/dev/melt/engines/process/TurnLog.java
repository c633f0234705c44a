package dev.melt.engines.process;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.failure.OwnWords;
import dev.melt.engines.span.SpanLayout;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Joins what a trial's processes left into one log. Figures from before a failure are kept; a process that gives no figures
 * and tells of no failure makes the whole output unknown. Immutable.
 *
 * @param words by which this engine alone tells of failures
 * @param figure what each line with a figure has: what a saved log tells after the last of them is no answer of a model
 */
public record TurnLog(TurnReader reader, OwnWords words, Pattern figure) {
    public TurnLog {
        requireNonNull(reader, "reader");
        requireNonNull(words, "words");
        requireNonNull(figure, "figure");
    }

    /** Reads all processes. */
    public EventLog of(EngineOutput output) throws UnknownOutputException {
        EventLogBuilder log = new EventLogBuilder();
        SpanLayout layout = new SpanLayout(log);
        boolean well = true;
        for (TurnOutput turn : TurnOutput.of(output)) {
            Optional<EngineError> failure = read(turn, layout, log);
            failure.ifPresent(log::add);
            well &= failure.isEmpty();
        }
        log.ended(well);
        return log.build();
    }

    private Optional<EngineError> read(TurnOutput turn, SpanLayout layout, EventLogBuilder log)
            throws UnknownOutputException {
        layout.next(turn.number());
        try {
            Optional<EngineError> ending = reader.read(turn, layout, log);
            return ending.or(() -> turn.failureAfter(figure, words));
        } catch (UnknownOutputException e) {
            Optional<EngineError> failure = turn.failure(words);
            if (failure.isEmpty()) {
                throw e;
            }
            return failure;
        }
    }
}
