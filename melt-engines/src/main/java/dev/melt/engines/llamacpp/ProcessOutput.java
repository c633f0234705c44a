package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineOutput;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one process of a trial left. Immutable.
 *
 * @param number of the turn that it was started for; empty where one process did all of them
 * @param out standard output, or everything where the streams were mixed
 * @param log standard error; empty where the streams were mixed
 * @param mixed whether nobody knows which line came from which stream
 * @param exitCode empty where it was not written down
 */
public record ProcessOutput(OptionalInt number, ConsoleText out, ConsoleText log, boolean mixed, OptionalInt exitCode) {
    /** In each row of a dump of operators, which has many thousands of them and is read elsewhere. */
    private static final String OPERATOR_ROW = " ms, wall = ";

    private static final Pattern NUMBERED = Pattern.compile("out\\.([0-9]{1,6})");

    /** A line with figures on it, in any form of output; no text of a model follows the last of them. */
    private static final Pattern FIGURES = Pattern.compile("time =.*\\bms\\b|tokens? per second|\\bt/s\\b|\"timings\"|"
            + "samples_ts|avg_ts|speed_tg|INSERT INTO|Final (?:estimate|result|Winogrande)|\\bKLD:|Same top p");

    /** The processes of a trial, in the order of their turns. */
    public static List<ProcessOutput> all(EngineOutput output) {
        if (output.single()) {
            return List.of(new ProcessOutput(
                    OptionalInt.empty(), text(output, "stdout"), ConsoleText.of(""), true, OptionalInt.empty()));
        }
        List<ProcessOutput> numbered = output.names("out.", "").stream()
                .map(NUMBERED::matcher)
                .filter(Matcher::matches)
                .map(matcher -> numbered(output, matcher.group(1)))
                .sorted(Comparator.comparingInt(process -> process.number().orElseThrow()))
                .toList();
        return numbered.isEmpty()
                ? List.of(new ProcessOutput(
                        OptionalInt.empty(),
                        text(output, "stdout"),
                        text(output, "stderr"),
                        false,
                        exitCode(output, "rc")))
                : numbered;
    }

    private static ProcessOutput numbered(EngineOutput output, String number) {
        return new ProcessOutput(
                OptionalInt.of(Integer.parseInt(number)),
                text(output, "out." + number),
                text(output, "err." + number),
                false,
                exitCode(output, "rc." + number));
    }

    /** All lines, those of standard output first. */
    public List<String> lines() {
        return Stream.concat(out.lines().stream(), log.lines().stream()).toList();
    }

    /** All lines as one text. */
    public ConsoleText all() {
        return ConsoleText.of(String.join("\n", lines()));
    }

    /** Where the program speaks of itself, without the model's words where these are apart. */
    ConsoleText told() {
        return mixed ? out : log;
    }

    /** The lines that can tell of a failure; behind the figures, if there are any, no model speaks. */
    public List<String> complaints(boolean figures) {
        if (!figures) {
            return Stream.concat(log.lines().stream(), out.lines().stream()).toList();
        }
        return Stream.concat(
                        behindFigures(mixed ? out.lines() : log.lines()).stream(),
                        out.lines().stream()
                                .skip(Math.max(0, out.lines().size() - 3))
                                .filter(line -> line.contains("Interrupted by user")))
                .toList();
    }

    private static List<String> behindFigures(List<String> lines) {
        int last = lines.size();
        while (last > 0 && !FIGURES.matcher(lines.get(last - 1)).find()) {
            last--;
        }
        return lines.subList(last, lines.size());
    }

    private static ConsoleText text(EngineOutput output, String name) {
        return ConsoleText.of(output.text(name)
                .orElse("")
                .lines()
                .filter(line -> !line.contains(OPERATOR_ROW))
                .collect(Collectors.joining("\n")));
    }

    private static OptionalInt exitCode(EngineOutput output, String name) {
        return output.text(name).map(String::strip).map(Numbers::count).orElse(OptionalInt.empty());
    }

    /** The version that is printed, as {@code " b4748"}, or nothing: for messages. */
    String versionSuffix() {
        return Optional.ofNullable(LogFacts.of(told()).facts().get("engine.version"))
                .map(version -> " " + version)
                .orElse("");
    }
}
