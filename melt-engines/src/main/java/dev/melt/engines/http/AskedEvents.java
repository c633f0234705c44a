package dev.melt.engines.http;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogReader;
import dev.melt.core.event.UnknownOutputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** What a client of a server wrote down while it asked. */
public final class AskedEvents {
    /** The file, among those of a trial. */
    public static final String NAME = "events.jsonl";

    private AskedEvents() {}

    /** A trial's; empty where no client asked, and of a file that somebody saved. */
    public static Optional<EventLog> of(EngineOutput output) throws UnknownOutputException {
        Optional<Path> events = output.single() ? Optional.empty() : output.path(NAME);
        if (events.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventLogReader.read(events.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
