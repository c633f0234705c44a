package dev.melt.engines.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a process printed, as lines: terminal codes are taken out, line ends are of any kind. Nothing is assumed of how a
 * line begins, for loggers put times and tags there; patterns are searched, not matched. Immutable.
 */
public final class ConsoleText {
    private static final Pattern TERMINAL_CODE =
            Pattern.compile("\u001B(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007]*\u0007)");
    private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    private final List<String> lines;

    private ConsoleText(List<String> lines) {
        this.lines = lines;
    }

    /** Cleans a text. */
    public static ConsoleText of(String printed) {
        String plain = TERMINAL_CODE.matcher(printed).replaceAll("");
        return new ConsoleText(LINE_END.splitAsStream(plain).toList());
    }

    public List<String> lines() {
        return lines;
    }

    /** All lines with a line feed between. */
    public String text() {
        return String.join("\n", lines);
    }

    /** The first place in the last line that has one; engines that print a block a turn overwrite it so. */
    public Optional<MatchResult> last(Pattern pattern) {
        List<MatchResult> all = all(pattern);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** The first place in the first line that has one. */
    public Optional<MatchResult> first(Pattern pattern) {
        return lines.stream()
                .flatMap(line -> pattern.matcher(line).results().limit(1))
                .findFirst();
    }

    /** The first place in each line that has one. */
    public List<MatchResult> all(Pattern pattern) {
        return lines.stream()
                .flatMap(line -> pattern.matcher(line).results().limit(1))
                .toList();
    }

    public boolean has(Pattern pattern) {
        return first(pattern).isPresent();
    }
}
