package dev.melt.embedded.llama;

import static java.util.Objects.requireNonNull;

/** llama.cpp refused or failed; {@link #reason()} says what kind of failure its log points to. */
public final class LlamaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a failure is about. */
    public enum Reason {
        MODEL_CORRUPT,
        MODEL_UNSUPPORTED,
        OUT_OF_MEMORY,
        BAD_OPTION,
        BACKEND,
        INTERRUPTED
    }

    private final Reason reason;

    public LlamaException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    public LlamaException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
