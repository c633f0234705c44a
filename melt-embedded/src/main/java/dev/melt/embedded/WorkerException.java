package dev.melt.embedded;

import static java.util.Objects.requireNonNull;

/** Ends a worker, or a turn of it, with an {@code error} line. */
final class WorkerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;

    WorkerException(ErrorKind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind");
    }

    WorkerException(ErrorKind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
    }

    /** The message, which is never absent here. */
    String problem() {
        return String.valueOf(getMessage());
    }

    ErrorKind kind() {
        return kind;
    }
}
