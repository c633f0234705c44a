package dev.melt.core.log;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.List;

/** Reads what one kind of system writes of processes that ended. Found with {@link java.util.ServiceLoader}; making one costs nothing. */
public interface DeathReader {
    /**
     * The deaths in a text, in its order.
     *
     * @throws UnknownOutputException for a text of another kind
     */
    List<Death> read(SourceText text) throws UnknownOutputException;
}
