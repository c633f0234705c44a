package dev.melt.core.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import java.nio.file.Path;

/**
 * A saved form whose reader is a function of its text alone, the same that reads the source while a trial runs.
 *
 * @param describe what it reads, in one line
 */
public record TelemetryFormat(String kind, String describe, Reader reader) implements SavedFormat {
    public TelemetryFormat {
        requireNonNull(kind, "kind");
        requireNonNull(describe, "describe");
        requireNonNull(reader, "reader");
    }

    /** The pure function. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads a text.
         *
         * @throws UnknownOutputException for what is not of this form or is cut off
         */
        TelemetryRecord read(SourceText text) throws UnknownOutputException;
    }

    @Override
    public ParsedTelemetry read(Path file) throws UnknownOutputException {
        try {
            return parse(SourceText.ofFile(file));
        } catch (UnknownOutputException e) {
            throw new UnknownOutputException(kind + ": " + e.getMessage());
        }
    }

    /**
     * Reads a text in memory.
     *
     * @throws UnknownOutputException for what is not of this form or is cut off
     */
    public ParsedTelemetry parse(SourceText text) throws UnknownOutputException {
        TelemetryBuilder out = new TelemetryBuilder().skipped(text.damaged());
        reader.read(text).writeTo(out);
        return out.build(kind);
    }
}
