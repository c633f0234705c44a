package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code idevicedebug run} prints. It hands on what the app prints, tells of the app's end by {@code WARNING: 00}, and then does
 * not end itself: an exit code of 124 or 143 is that of whoever ended it.
 *
 * @param lines that the app printed
 * @param status the app's exit code, where it ended by itself
 * @param exit code of the tool, where it is noted
 * @param error why the app was not started, or why the tool failed
 */
public record AppRun(List<String> lines, OptionalInt status, OptionalInt exit, Optional<ToolError> error) {
    private static final Pattern STOPPED = Pattern.compile("WARNING: ([0-9a-fA-F]{2})");
    private static final String INTERRUPTED = "Exiting...";
    private static final int TIMED_OUT = 124;

    /** What keeps this tool from launching; of trust others speak. */
    private static final Set<ToolError.Kind> REFUSALS = EnumSet.of(
            ToolError.Kind.NO_DEVICE,
            ToolError.Kind.LOCKED,
            ToolError.Kind.LAUNCH_DENIED,
            ToolError.Kind.NOT_INSTALLED,
            ToolError.Kind.NO_DEVELOPER_IMAGE);

    public AppRun {
        lines = List.copyOf(lines);
        requireNonNull(status, "status");
        requireNonNull(exit, "exit");
        requireNonNull(error, "error");
    }

    /** Whether the app ran. */
    public boolean launched() {
        return status.isPresent() || error.isEmpty() || !lines.isEmpty();
    }

    /** Whether the tool went on after the app had ended, until somebody ended it. */
    public boolean hung() {
        return status.isPresent() && exit.isPresent() && exit.getAsInt() != 0;
    }

    /**
     * Reads what one call printed.
     *
     * @param exitCode of the tool
     */
    public static AppRun of(String mergedOutput, int exitCode) {
        return of(ConsoleFormat.plain(mergedOutput).lines(), OptionalInt.of(exitCode));
    }

    static AppRun of(List<String> printed, OptionalInt exit) {
        List<String> lines = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        OptionalInt status = OptionalInt.empty();
        boolean interrupted = false;
        for (String line : printed) {
            Matcher stopped = STOPPED.matcher(line);
            if (stopped.matches()) {
                status = OptionalInt.of(Integer.parseInt(stopped.group(1), 16));
            } else if (line.equals(INTERRUPTED)) {
                interrupted = true;
            } else if (isRefusal(line)) {
                complaints.add(line.strip());
            } else if (!line.isBlank()) {
                lines.add(line);
            }
        }
        boolean ended = interrupted || status.isPresent() || exit.orElse(0) == TIMED_OUT;
        Optional<ToolError> error = complaints.isEmpty() && (ended || exit.orElse(0) == 0)
                ? Optional.empty()
                : ToolError.of(String.join("\n", complaints), exit.orElse(1));
        return new AppRun(lines, status, exit, error);
    }

    /** Whether a line tells that an app ended, or why it was not started. */
    static boolean isTelling(String line) {
        boolean refused = isRefusal(line)
                && ToolWords.of(line.strip())
                        .map(ToolError::kind)
                        .filter(REFUSALS::contains)
                        .isPresent();
        return refused || STOPPED.matcher(line).matches() || line.equals(INTERRUPTED);
    }

    private static boolean isRefusal(String line) {
        return line.startsWith("ERROR: ")
                || line.startsWith("Could not ")
                || line.startsWith("No device found")
                || line.startsWith("Please make sure to mount");
    }
}
