package dev.melt.engines.answer;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.EngineOutput;
import dev.melt.engines.text.ConsoleText;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What one process printed. The order of lines between the two streams is not known, except in a saved file that mixes them.
 *
 * @param out standard output, or the one file that somebody saved
 * @param err standard error
 * @param exitCode where it was written down beside the streams
 * @param saved whether it is a file that somebody saved and not a trial's
 */
public record ProcessOutput(ConsoleText out, ConsoleText err, OptionalInt exitCode, boolean saved) {
    private static final String OUT = "out.";
    private static final Pattern NUMBERED = Pattern.compile("out\\.[0-9]{1,7}");
    private static final Pattern CODE = Pattern.compile("[0-9]{1,3}");

    public ProcessOutput {
        requireNonNull(out, "out");
        requireNonNull(err, "err");
        requireNonNull(exitCode, "exitCode");
    }

    /** The processes of a trial in the order of their turns. */
    public static List<ProcessOutput> allOf(EngineOutput output) {
        if (output.single()) {
            return List.of(new ProcessOutput(text(output, ""), ConsoleText.of(""), OptionalInt.empty(), true));
        }
        List<ProcessOutput> numbered = output.names(OUT, "").stream()
                .filter(name -> NUMBERED.matcher(name).matches())
                .map(name -> name.substring(OUT.length()))
                .sorted(Comparator.comparingInt(Integer::parseInt))
                .map(number -> new ProcessOutput(
                        text(output, OUT + number), text(output, "err." + number), code(output, "rc." + number), false))
                .toList();
        return numbered.isEmpty()
                ? List.of(new ProcessOutput(text(output, "stdout"), text(output, "stderr"), OptionalInt.empty(), false))
                : numbered;
    }

    /** Both streams, one after the other. */
    public ConsoleText all() {
        return err.lines().isEmpty() ? out : ConsoleText.of(out.text() + "\n" + err.text());
    }

    /** Whether something was printed at all. */
    public boolean isEmpty() {
        return all().text().isBlank();
    }

    private static ConsoleText text(EngineOutput output, String name) {
        return ConsoleText.of(output.text(name).orElse(""));
    }

    private static OptionalInt code(EngineOutput output, String name) {
        return output.text(name)
                .map(String::strip)
                .filter(text -> CODE.matcher(text).matches())
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }
}
