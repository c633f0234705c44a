package dev.melt.core.log;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of logcat or of the kernel's log, in any of the forms {@code threadtime}, {@code time}, {@code brief},
 * {@code tag} and {@code epoch}.
 *
 * @param stamp as printed; empty where the form has none
 */
public record LogcatLine(Optional<LogStamp> stamp, String tag, String message) {
    private static final String STAMPED = "(?:(" + LogStamp.FORM + ")\\s+)?";
    private static final Pattern THREADTIME = Pattern.compile(
            "\\s*" + STAMPED + "(?:(?:\\w+\\s+)?\\d+\\s+\\d+\\s+)?[VDIWEFAS]\\s+(\\S.{0,80}?)\\s*:\\s(.*)");
    private static final Pattern BRIEF =
            Pattern.compile("\\s*" + STAMPED + "[VDIWEFAS]/(\\S.{0,80}?)\\s*(?:\\(\\s*\\d+\\))?:\\s(.*)");
    private static final Pattern KERNEL =
            Pattern.compile("(?:<\\d+>)?\\[\\s*(\\d{1,9}\\.\\d{1,9})\\]\\s*(?:\\[[^\\]]*\\]\\s*)?(.*)");
    private static final Pattern BARE = Pattern.compile("(lowmemorykiller|lmkd|am_\\w+)\\s*:\\s*(.*)");

    public LogcatLine {
        requireNonNull(stamp, "stamp");
        requireNonNull(tag, "tag");
        requireNonNull(message, "message");
    }

    /** Empty for a line of another form. */
    public static Optional<LogcatLine> of(String line) {
        for (Pattern form : new Pattern[] {THREADTIME, BRIEF}) {
            Matcher matcher = form.matcher(line);
            if (matcher.matches()) {
                Optional<LogStamp> stamp = Optional.ofNullable(matcher.group(1)).map(LogStamp::new);
                return Optional.of(new LogcatLine(stamp, matcher.group(2), matcher.group(3)));
            }
        }
        Matcher bare = BARE.matcher(line);
        if (bare.matches()) {
            return Optional.of(new LogcatLine(Optional.empty(), bare.group(1), bare.group(2)));
        }
        Matcher kernel = KERNEL.matcher(line);
        return kernel.matches()
                ? Optional.of(new LogcatLine(Optional.of(new LogStamp(kernel.group(1))), "kernel", kernel.group(2)))
                : Optional.empty();
    }
}
