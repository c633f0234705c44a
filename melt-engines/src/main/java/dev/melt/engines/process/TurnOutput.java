package dev.melt.engines.process;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.engines.failure.FailureWords;
import dev.melt.engines.failure.OwnWords;
import dev.melt.engines.text.ConsoleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the process of one turn printed. Immutable.
 *
 * @param number of the turn in its trial
 * @param exitCode empty where nobody wrote it down
 */
public record TurnOutput(int number, ConsoleText stdout, ConsoleText stderr, OptionalInt exitCode) {
    private static final int SIGNALLED = 128;

    public TurnOutput {
        requireNonNull(stdout, "stdout");
        requireNonNull(stderr, "stderr");
        requireNonNull(exitCode, "exitCode");
    }

    /** Those of a trial in the order of their turns; one saved file, or a trial of one process, is one turn. */
    static List<TurnOutput> of(EngineOutput output) {
        if (output.single()) {
            return List.of(new TurnOutput(0, console(output, "stdout"), ConsoleText.of(""), OptionalInt.empty()));
        }
        List<TurnOutput> turns = output.names("out.", "").stream()
                .map(name -> name.substring("out.".length()))
                .filter(number -> number.matches("[0-9]{1,9}"))
                .map(number -> ofTurn(output, number))
                .sorted(Comparator.comparingInt(TurnOutput::number))
                .toList();
        return turns.isEmpty()
                ? List.of(new TurnOutput(0, console(output, "stdout"), console(output, "stderr"), OptionalInt.empty()))
                : turns;
    }

    private static TurnOutput ofTurn(EngineOutput output, String number) {
        String code = output.text("rc." + number).orElse("").strip();
        return new TurnOutput(
                Integer.parseInt(number),
                console(output, "out." + number),
                console(output, "err." + number),
                code.matches("[0-9]{1,9}") ? OptionalInt.of(Integer.parseInt(code)) : OptionalInt.empty());
    }

    private static ConsoleText console(EngineOutput output, String name) {
        return ConsoleText.of(output.text(name).orElse(""));
    }

    /** Both streams, the errors first. */
    public ConsoleText both() {
        List<String> lines = new ArrayList<>(stderr.lines());
        lines.addAll(stdout.lines());
        return ConsoleText.of(String.join("\n", lines));
    }

    /** The failure that the process tells of, by words or by its exit code. To be asked only when figures are missing. */
    public Optional<EngineError> failure(OwnWords words) {
        List<String> lines = both().lines();
        return FailureWords.in(lines).or(() -> words.in(lines)).or(this::badEnd);
    }

    /** The failure that came after the figures: by the exit code, or in a saved log by the words after the last figure. */
    Optional<EngineError> failureAfter(Pattern figure, OwnWords words) {
        if (badEnd().isPresent()) {
            return failure(words);
        }
        return exitCode.isPresent() ? Optional.empty() : words.after(figure, stdout);
    }

    /** What an exit code tells that is not 0. */
    Optional<EngineError> badEnd() {
        return exitCode.stream()
                .filter(code -> code != 0)
                .mapToObj(code -> new EngineError("crashed", badEnd(code), OptionalInt.empty()))
                .findFirst();
    }

    private String badEnd(int code) {
        String end = code > SIGNALLED ? "ended by signal " + (code - SIGNALLED) : "ended with exit code " + code;
        return Stream.concat(stderr.lines().stream(), stdout.lines().stream())
                .filter(line -> !line.isBlank())
                .reduce((a, b) -> b)
                .map(line -> end + " after: " + line.strip())
                .orElse(end);
    }
}
