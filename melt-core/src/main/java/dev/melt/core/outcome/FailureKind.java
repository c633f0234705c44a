package dev.melt.core.outcome;

/**
 * What a failure that an engine named makes of a trial. The kinds are an open set, for event lines of any engine carry them;
 * what is not known here counts as a crash.
 */
public final class FailureKind {
    private FailureKind() {}

    /** Of a kind such as {@code out_of_memory} or {@code backend_init}. */
    public static Outcome outcomeOf(String kind) {
        return switch (kind) {
            case "out_of_memory" -> Outcome.OUT_OF_MEMORY;
            case "interrupted" -> Outcome.INTERRUPTED;
            case "timed_out", "hang" -> Outcome.TIMED_OUT;
            case "empty", "no_result" -> Outcome.UNPARSEABLE;
            case "model_missing",
                    "model_corrupt",
                    "model_truncated",
                    "model_unsupported",
                    "load_failed",
                    "input_missing",
                    "prompt_too_long",
                    "bad_option",
                    "backend_init" -> Outcome.REFUSED;
            default -> Outcome.CRASHED;
        };
    }
}
