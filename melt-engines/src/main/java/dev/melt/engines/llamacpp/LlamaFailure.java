package dev.melt.engines.llamacpp;

import dev.melt.core.event.EngineError;
import dev.melt.engines.failure.FailureWords;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Names what went wrong in a process of llama.cpp's, by its words or, where it says nothing, by its exit code. */
public final class LlamaFailure {
    private static final int SIGNALLED = 128;
    private static final int INTERRUPTED = SIGNALLED + 2;
    private static final int KILLED = SIGNALLED + 9;

    private static final List<String> CRASHES = List.of("132", "134", "135", "136", "139");
    private static final Pattern TOO_SHORT = Pattern.compile("you need at least [0-9]+ tokens");
    private static final Pattern NOT_LOADED = Pattern.compile("failed to load model|unable to load model");

    private LlamaFailure() {}

    /**
     * The failure that a process tells of; empty for none.
     *
     * @param measured whether it left figures, which a failure behind them does not take away
     */
    public static Optional<EngineError> of(ProcessOutput process, boolean measured) {
        List<String> lines = process.complaints(measured);
        return FailureWords.in(lines)
                .or(() -> words("prompt_too_short", TOO_SHORT, lines))
                .or(() -> words("load_failed", NOT_LOADED, lines))
                .or(() -> byExitCode(process));
    }

    private static Optional<EngineError> words(String kind, Pattern words, List<String> lines) {
        return lines.stream()
                .filter(line -> words.matcher(line).find())
                .findFirst()
                .map(line -> new EngineError(kind, line.strip(), OptionalInt.empty()));
    }

    private static Optional<EngineError> byExitCode(ProcessOutput process) {
        if (process.exitCode().isEmpty() || process.exitCode().getAsInt() == 0) {
            return Optional.empty();
        }
        int code = process.exitCode().getAsInt();
        if (code == KILLED) {
            return error("out_of_memory", "killed by signal 9 without a word, as systems do that run out of memory");
        }
        if (code == INTERRUPTED) {
            return error("interrupted", "exit code " + code);
        }
        return CRASHES.contains(Integer.toString(code))
                ? error("crashed", "ended by signal " + (code - SIGNALLED))
                : error("failed", "exit code " + code + " without a word that is known");
    }

    private static Optional<EngineError> error(String kind, String message) {
        return Optional.of(new EngineError(kind, message, OptionalInt.empty()));
    }
}
