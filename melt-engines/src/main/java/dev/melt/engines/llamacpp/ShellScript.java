package dev.melt.engines.llamacpp;

import dev.melt.core.agent.ShellQuoting;
import java.util.List;

/**
 * A POSIX shell script in the making that puts a program's arguments together on the device, by what its help text says that
 * this build has. Runs under dash, bash, mksh and busybox; nothing in it needs more than the shell. Not thread-safe.
 */
final class ShellScript {
    /** In a {@link dev.melt.engines.ask.TurnScript}: a process of the program with the arguments so far. */
    static final String RUN = "run \"$T\" \"$@\"";

    private static final String PROLOGUE = """
            HELP=$("$T" --help </dev/null 2>&1)
            has() {
                case $HELP in
                    *"$1"*) return 0 ;;
                esac
                return 1
            }
            lacks() {
                echo "melt: unknown option $1: this build of $T has none" >&2
                exit 2
            }
            set --
            """;

    private final StringBuilder text = new StringBuilder();

    /** A script about the program at an absolute path. */
    ShellScript(String program) {
        text.append("T=").append(ShellQuoting.quote(program)).append('\n').append(PROLOGUE);
    }

    /** Arguments that every build takes. */
    ShellScript with(String... arguments) {
        text.append(adding(arguments)).append('\n');
        return this;
    }

    /** Arguments for builds whose help text has a word, left out for others: they mean what others do anyway. */
    ShellScript whereKnown(String word, String... arguments) {
        text.append("! has ")
                .append(ShellQuoting.quote(word))
                .append(" || ")
                .append(adding(arguments))
                .append('\n');
        return this;
    }

    /** Arguments that were asked for: a build without them is not started. */
    ShellScript needing(String word, String... arguments) {
        text.append("has ")
                .append(ShellQuoting.quote(word))
                .append(" || lacks ")
                .append(ShellQuoting.quote(arguments[0]))
                .append('\n');
        return with(arguments);
    }

    /** Lines of the shell's own language. */
    ShellScript lines(String lines) {
        text.append(lines.stripTrailing()).append('\n');
        return this;
    }

    private static String adding(String... arguments) {
        return "set -- \"$@\" " + ShellQuoting.quote(List.of(arguments));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
