package dev.melt.engines.process;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.SpanLayout;
import java.util.Optional;

/** Reads the figures of one process. */
@FunctionalInterface
public interface TurnReader {
    /**
     * Adds what was measured. Nothing may have been added when it throws.
     *
     * @return the failure that ended the process after its figures; empty when it came to its good end
     * @throws UnknownOutputException when a figure that must be there is missing
     */
    Optional<EngineError> read(TurnOutput turn, SpanLayout layout, EventLogBuilder log) throws UnknownOutputException;
}
