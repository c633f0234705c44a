package dev.melt.ios.parse;

import static java.util.Objects.requireNonNull;

import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.parse.SourceText;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A report of a crash that a phone keeps ({@code NAME-*.ips}, {@code bug_type} 309).
 *
 * @param type of the exception, such as {@code EXC_BAD_ACCESS}
 * @param signal such as {@code SIGSEGV}
 * @param termination who ended it and why, in the report's words
 * @param seconds since 1970
 */
public record CrashReport(
        OptionalLong pid,
        String name,
        Optional<String> type,
        Optional<String> signal,
        Optional<String> termination,
        OptionalDouble seconds) {
    private static final String CRASH = "309";

    public CrashReport {
        requireNonNull(pid, "pid");
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        requireNonNull(signal, "signal");
        requireNonNull(termination, "termination");
        requireNonNull(seconds, "seconds");
    }

    /**
     * Reads such a report.
     *
     * @throws UnknownOutputException for anything else, and for one that breaks off
     */
    public static CrashReport read(String text) throws UnknownOutputException {
        IpsReport report = IpsReport.read(SourceText.of(text), CRASH);
        PropertyTree body = report.body();
        PropertyTree exception = body.child("exception").orElse(PropertyTree.EMPTY);
        PropertyTree termination = body.child("termination").orElse(PropertyTree.EMPTY);
        Optional<String> words = termination
                .text("indicator")
                .map(why -> termination.text("namespace").map(by -> by + ": ").orElse("") + why)
                .or(() -> termination.text("namespace"));
        return new CrashReport(
                body.whole("pid"),
                body.text("procName")
                        .or(() -> report.header().text("app_name"))
                        .or(() -> report.header().text("name"))
                        .orElse("unknown"),
                exception.text("type"),
                exception.text("signal"),
                words,
                report.seconds());
    }

    /** In one line. */
    public String words() {
        return name
                + (pid.isPresent() ? " (pid " + pid.getAsLong() + ")" : "")
                + " crashed"
                + type.map(word -> ": " + word).orElse("")
                + signal.map(word -> " (" + word + ")").orElse("")
                + termination.map(why -> ", " + why).orElse("");
    }
}
