package dev.melt.engines.answer;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.EngineOutput;
import dev.melt.engines.text.ConsoleText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one process printed. The order of lines between the two streams is not known, except in a saved file that mixes them.
 * Immutable.
 *
 * @param number of the turn that it was started for; empty where one process did all of them
 * @param out standard output, or the one file that somebody saved
 * @param err standard error; empty in a saved file
 * @param exitCode where it was written down beside the streams
 * @param saved whether it is a file that somebody saved and not a trial's
 */
public record ProcessOutput(OptionalInt number, ConsoleText out, ConsoleText err, OptionalInt exitCode, boolean saved) {
    private static final String OUT = "out.";
    private static final Pattern NUMBERED = Pattern.compile("out\\.[0-9]{1,7}");
    private static final Pattern CODE = Pattern.compile("[0-9]{1,3}");

    public ProcessOutput {
        requireNonNull(number, "number");
        requireNonNull(out, "out");
        requireNonNull(err, "err");
        requireNonNull(exitCode, "exitCode");
    }

    /** The processes of a trial in the order of their turns. */
    public static List<ProcessOutput> allOf(EngineOutput output) {
        return allOf(output, line -> true);
    }

    /** The same without lines that are read elsewhere. */
    public static List<ProcessOutput> allOf(EngineOutput output, Predicate<String> kept) {
        Streams streams = new Streams(output, kept);
        if (output.single()) {
            return List.of(streams.whole(ConsoleText.of("")));
        }
        List<ProcessOutput> numbered = output.names(OUT, "").stream()
                .filter(name -> NUMBERED.matcher(name).matches())
                .map(name -> streams.numbered(name.substring(OUT.length())))
                .sorted(Comparator.comparingInt(process -> process.number().orElseThrow()))
                .toList();
        return numbered.isEmpty() ? List.of(streams.whole(streams.text("stderr"))) : numbered;
    }

    private record Streams(EngineOutput output, Predicate<String> kept) {
        ProcessOutput whole(ConsoleText err) {
            return new ProcessOutput(OptionalInt.empty(), text("stdout"), err, code("rc"), output.single());
        }

        ProcessOutput numbered(String number) {
            return new ProcessOutput(
                    OptionalInt.of(Integer.parseInt(number)),
                    text(OUT + number),
                    text("err." + number),
                    code("rc." + number),
                    false);
        }

        ConsoleText text(String name) {
            return ConsoleText.of(
                    output.text(name).orElse("").lines().filter(kept).collect(Collectors.joining("\n")));
        }

        private OptionalInt code(String name) {
            Optional<String> text = output.single() ? Optional.empty() : output.text(name);
            return text.map(String::strip)
                    .filter(code -> CODE.matcher(code).matches())
                    .map(code -> OptionalInt.of(Integer.parseInt(code)))
                    .orElse(OptionalInt.empty());
        }
    }

    /** Both streams, one after the other. */
    public ConsoleText all() {
        return err.lines().isEmpty() ? out : ConsoleText.of(String.join("\n", lines()));
    }

    /** The lines of both streams, one after the other. */
    public List<String> lines() {
        return Stream.concat(out.lines().stream(), err.lines().stream()).toList();
    }

    /** Where the program speaks of itself, without the model's words where these are apart. */
    public ConsoleText told() {
        return saved ? out : err;
    }

    /** Whether something was printed at all. */
    public boolean isEmpty() {
        return all().text().isBlank();
    }
}
