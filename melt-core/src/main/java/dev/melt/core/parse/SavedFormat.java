package dev.melt.core.parse;

import dev.melt.core.event.UnknownOutputException;
import java.nio.file.Path;

/** One form of file that MELT reads on its own: an engine's output, or what a telemetry source printed. Stateless. */
public interface SavedFormat {
    /** The word after {@code melt parse}: lower-case letters, digits, {@code .} and {@code -}. */
    String kind();

    /** What it reads, in one line. */
    String describe();

    /**
     * Reads a file.
     *
     * @throws UnknownOutputException for what is not of this form or is cut off: what was expected and what was found
     */
    Parsed read(Path file) throws UnknownOutputException;
}
