package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.parse.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands with what they printed, as somebody notes them: {@code $ COMMAND}, its lines, {@code --- stderr ---} before those of the
 * error output, {@code --- exit code: N}.
 *
 * @param steps in their order; none where the text is no such note
 * @param outside lines of no command
 */
record Transcript(List<Step> steps, List<String> outside) {
    private static final Pattern COMMAND = Pattern.compile("\\$ (\\S.*)");
    private static final Pattern EXIT = Pattern.compile("--- exit code: (\\d{1,3})\\b.*");
    private static final Pattern RULE = Pattern.compile("--- std(?:out|err) ---|###.*");

    Transcript {
        steps = List.copyOf(steps);
        outside = List.copyOf(outside);
    }

    /**
     * One command.
     *
     * @param exit code; empty where the note breaks off before it
     */
    record Step(String command, List<String> lines, OptionalInt exit) {
        Step {
            requireNonNull(command, "command");
            lines = List.copyOf(lines);
            requireNonNull(exit, "exit");
        }

        /** The command's name, without its folder. */
        String tool() {
            String first = command.split("\\s", 2)[0];
            return first.substring(first.lastIndexOf('/') + 1);
        }

        /** The word after an option. */
        String option(String name) {
            Matcher option = Pattern.compile("(?:^|\\s)" + Pattern.quote(name) + "\\s+(\\S+)")
                    .matcher(command);
            return option.find() ? option.group(1) : "";
        }

        /** What it printed, both streams one after the other. */
        String output() {
            return String.join("\n", lines);
        }

        SourceText text() {
            return new SourceText(lines, 0, exit.isPresent());
        }
    }

    static boolean isIn(SourceText text) {
        return text.has(line -> COMMAND.matcher(line).matches());
    }

    static Transcript of(SourceText text) {
        List<Step> steps = new ArrayList<>();
        List<String> outside = new ArrayList<>();
        String command = "";
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < text.lines().size(); i++) {
            String line = text.lines().get(i);
            Matcher next = COMMAND.matcher(line);
            Matcher exit = EXIT.matcher(line);
            boolean ends = exit.matches() && !text.cutIn(i);
            if (!command.isEmpty() && (ends || next.matches())) {
                OptionalInt code = ends ? OptionalInt.of(Integer.parseInt(exit.group(1))) : OptionalInt.empty();
                steps.add(new Step(command, lines, code));
                lines.clear();
                command = "";
            }
            if (next.matches()) {
                command = next.group(1);
            } else if (!ends && !RULE.matcher(line).matches()) {
                (command.isEmpty() ? outside : lines).add(line);
            }
        }
        if (!command.isEmpty()) {
            steps.add(new Step(command, lines, OptionalInt.empty()));
        }
        return new Transcript(steps, outside);
    }

    /** What some tools printed, all their calls one after the other; the text itself where it is no such note. */
    static SourceText outputOf(SourceText text, String... tools) {
        if (!isIn(text)) {
            return text;
        }
        List<String> lines = of(text).steps().stream()
                .filter(step -> List.of(tools).contains(step.tool()))
                .flatMap(step -> step.lines().stream())
                .toList();
        return new SourceText(lines, 0, text.ended());
    }

    List<Step> of(String tool) {
        return steps.stream().filter(step -> step.tool().equals(tool)).toList();
    }
}
