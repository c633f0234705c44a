package dev.melt.embedded;

import dev.melt.embedded.llama.LlamaException;
import java.util.Locale;

/** What went wrong, as an {@code error} line names it, with the exit code a worker ends with for it. */
public enum ErrorKind {
    BAD_OPTION(2),
    PROMPT_TOO_LONG(2),
    MODEL_MISSING(3),
    MODEL_CORRUPT(3),
    MODEL_UNSUPPORTED(3),
    OUT_OF_MEMORY(4),
    BACKEND(5),
    INTERNAL(5),
    /** The exit code is 128 and the signal's number. */
    INTERRUPTED(130);

    private final int exitCode;

    ErrorKind(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** As it stands in an event line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ErrorKind of(LlamaException.Reason reason) {
        return switch (reason) {
            case MODEL_CORRUPT -> MODEL_CORRUPT;
            case MODEL_UNSUPPORTED -> MODEL_UNSUPPORTED;
            case OUT_OF_MEMORY -> OUT_OF_MEMORY;
            case BAD_OPTION -> BAD_OPTION;
            case BACKEND -> BACKEND;
            case INTERRUPTED -> INTERRUPTED;
        };
    }
}
