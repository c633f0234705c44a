package dev.melt.engines.answer;

import dev.melt.core.event.EngineError;
import dev.melt.engines.failure.FailureWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One engine's own words for a failure, asked where the words that all engines share say nothing.
 *
 * @param kind of {@link EngineError}
 */
public record Failure(String kind, Pattern words) {
    private static final int SIGNALLED = 128;
    private static final int KILLED = SIGNALLED + 9;

    public Failure(String kind, String words) {
        this(kind, Pattern.compile(words));
    }

    /** What a process without figures failed of: its log is asked first, then what it printed beside it, then its exit code. */
    static Optional<EngineError> of(ProcessOutput process, List<Failure> own) {
        return in(process.err().lines(), own)
                .or(() -> in(process.out().lines(), own))
                .or(() -> byCode(process.exitCode()));
    }

    /** What happened after the figures; generated text stands before them and is not asked. */
    static Optional<EngineError> after(ProcessOutput process, int lastFigure) {
        List<String> lines = process.all().lines();
        List<String> tail = new ArrayList<>(lines.subList(lastFigure + 1, lines.size()));
        boolean coded = process.exitCode().isPresent() && process.exitCode().getAsInt() != 0;
        if (coded) {
            return FailureWords.in(process.err().lines()).or(() -> byCode(process.exitCode()));
        }
        return process.exitCode().isPresent()
                ? Optional.empty()
                : FailureWords.in(tail).filter(error -> error.kind().equals("crashed"));
    }

    private static Optional<EngineError> in(List<String> lines, List<Failure> own) {
        return FailureWords.in(lines)
                .or(() -> own.stream()
                        .flatMap(failure -> lines.stream()
                                .filter(line -> failure.words().matcher(line).find())
                                .map(line -> error(failure.kind(), line.strip()))
                                .limit(1))
                        .findFirst());
    }

    private static Optional<EngineError> byCode(OptionalInt exitCode) {
        if (exitCode.isEmpty() || exitCode.getAsInt() == 0) {
            return Optional.empty();
        }
        int code = exitCode.getAsInt();
        if (code == KILLED) {
            return Optional.of(error("out_of_memory", "killed by signal 9, as the system does when memory runs out"));
        }
        return Optional.of(error(
                "crashed",
                code > SIGNALLED ? "ended by signal " + (code - SIGNALLED) : "ended with exit code " + code));
    }

    private static EngineError error(String kind, String message) {
        return new EngineError(kind, message, OptionalInt.empty());
    }
}
