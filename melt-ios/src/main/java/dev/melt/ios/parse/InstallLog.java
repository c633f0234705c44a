package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.FactRow;
import dev.melt.core.parse.SourceText;
import dev.melt.core.parse.TelemetryBuilder;
import dev.melt.core.parse.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ideviceinstaller} prints while it installs an app or removes one.
 *
 * @param action {@code install}, {@code upgrade}, {@code uninstall}, ...
 * @param id of the bundle, where it got so far
 * @param complete whether the phone said that it is done; nothing else proves it
 * @param lastStep in the phone's words
 * @param percent of the last step that told
 * @param exit code, where it is noted
 * @param error why it failed
 */
public record InstallLog(
        String action,
        Optional<String> id,
        boolean complete,
        Optional<String> lastStep,
        OptionalInt percent,
        OptionalInt exit,
        Optional<ToolError> error,
        List<String> warnings,
        long skipped)
        implements TelemetryRecord {
    private static final Pattern STEP =
            Pattern.compile("(Install|Upgrade|Uninstall|Archive|Restore): (\\w+)(?: \\((\\d{1,3})%\\))?");
    private static final Pattern BEGIN = Pattern.compile("(Install|Upgrad|Uninstall)ing '([^']{1,255})'.*");
    private static final Pattern COPY =
            Pattern.compile("(?:Copying '.*' to device|Uploading .*)\\.\\.\\..*|\\s*DONE\\.?");
    private static final String WARNING = "WARNING: ";

    public InstallLog {
        requireNonNull(action, "action");
        requireNonNull(id, "id");
        requireNonNull(lastStep, "lastStep");
        requireNonNull(percent, "percent");
        requireNonNull(exit, "exit");
        requireNonNull(error, "error");
        warnings = List.copyOf(warnings);
    }

    /** Whether a text is such output. */
    static boolean isIn(SourceText text) {
        return text.has(line -> BEGIN.matcher(line.strip()).matches()
                || STEP.matcher(line.strip()).matches()
                || line.startsWith("Copying '"));
    }

    /**
     * Reads such output.
     *
     * @throws UnknownOutputException for anything else
     */
    public static InstallLog read(String text) throws UnknownOutputException {
        return read(ConsoleFormat.plain(text));
    }

    /**
     * Reads such output, also where it is noted with its command.
     *
     * @throws UnknownOutputException for anything else
     */
    public static InstallLog read(SourceText text) throws UnknownOutputException {
        if (!isIn(text)) {
            throw text.unlike("'Install: ...' of ideviceinstaller");
        }
        if (!text.ended()) {
            throw text.cutOff("whole lines");
        }
        Collector collector = new Collector();
        Transcript.outputOf(text, "ideviceinstaller").lines().forEach(line -> collector.take(line.strip()));
        OptionalInt exit = Transcript.of(text).of("ideviceinstaller").stream()
                .flatMapToInt(step -> step.exit().stream())
                .findFirst();
        return collector.log(exit);
    }

    @Override
    public void writeTo(TelemetryBuilder out) {
        out.fact("action", action);
        id.ifPresent(word -> out.fact("id", word));
        out.fact("complete", complete);
        lastStep.ifPresent(word -> out.fact("last_step", word));
        percent.ifPresent(share -> out.fact("percent", share));
        exit.ifPresent(code -> out.fact("exit", code));
        error.ifPresent(failure -> ToolErrors.facts(failure, out));
        warnings.forEach(words -> out.row("warnings", new FactRow().with("text", words)));
        out.skipped(skipped);
    }

    private static final class Collector {
        private String action = "install";
        private Optional<String> id = Optional.empty();
        private Optional<String> lastStep = Optional.empty();
        private OptionalInt percent = OptionalInt.empty();
        private final List<String> warnings = new ArrayList<>();
        private final List<String> complaints = new ArrayList<>();
        private long skipped;

        void take(String line) {
            Matcher step = STEP.matcher(line);
            Matcher begin = BEGIN.matcher(line);
            if (step.matches()) {
                action = step.group(1).toLowerCase(Locale.ROOT);
                lastStep = Optional.of(step.group(2));
                percent = step.group(3) == null ? percent : OptionalInt.of(Integer.parseInt(step.group(3)));
            } else if (begin.matches()) {
                id = Optional.of(begin.group(2));
            } else if (line.startsWith(WARNING)) {
                warnings.add(line.substring(WARNING.length()));
            } else if (ToolWords.of(line).isPresent() || line.startsWith("ERROR: ")) {
                complaints.add(line);
            } else {
                skipped += line.isEmpty() || COPY.matcher(line).matches() ? 0 : 1;
            }
        }

        InstallLog log(OptionalInt exit) {
            boolean complete = lastStep.filter("Complete"::equals).isPresent() && complaints.isEmpty();
            Optional<ToolError> error = complaints.isEmpty() && exit.orElse(0) == 0
                    ? Optional.empty()
                    : ToolError.of(String.join("\n", complaints), exit.orElse(1));
            return new InstallLog(action, id, complete, lastStep, percent, exit, error, warnings, skipped);
        }
    }
}
