package dev.melt.engines.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A POSIX shell script that runs one process a turn, one after another, in the trial's folder. Turn N leaves {@code out.N},
 * {@code err.N}, {@code rc.N} and, where the device has a boot clock to read, {@code span.N}; the first that fails ends the script with its exit code. Uses nothing that mksh, dash and
 * toybox do not all have. Used once, by one thread.
 */
public final class TurnScript {
    /** Stands for the trial's folder in a word of a command. */
    public static final String TRIAL = "{trial}";

    /** What the script is called among the inputs. */
    public static final String NAME = "turns.sh";

    private static final String NO_INPUT = "/dev/null";

    private final List<String> lines = new ArrayList<>(
            List.of("trial=$PWD", "uptime() {", "up=", "[ ! -r /proc/uptime ] || read -r up _ </proc/uptime", "}"));

    /** Processes that follow are started in this folder. */
    public TurnScript in(String folder) {
        lines.add("cd " + quoted(folder) + " || exit 70");
        return this;
    }

    /** A file of the trial that must not be there when a process begins to write it. */
    public TurnScript without(String file) {
        lines.add("rm -f \"$trial\"/" + quoted(file));
        return this;
    }

    /** A process with nothing on its standard input. */
    public TurnScript run(int turn, List<String> command) {
        return run(turn, command, NO_INPUT);
    }

    /** A process that reads a file on its standard input. */
    public TurnScript run(int turn, List<String> command, String input) {
        String words = command.stream().map(TurnScript::quoted).collect(Collectors.joining(" "));
        lines.add("uptime");
        lines.add("from=$up");
        lines.add(words + " <" + quoted(input) + " >\"$trial\"/out." + turn + " 2>\"$trial\"/err." + turn);
        lines.add("rc=$?");
        lines.add("uptime");
        lines.add("[ -z \"$up\" ] || echo \"${from%.*}${from#*.}0000000 ${up%.*}${up#*.}0000000\" >\"$trial\"/span."
                + turn);
        lines.add("echo $rc >\"$trial\"/rc." + turn);
        lines.add("[ $rc -eq 0 ] || exit $rc");
        return this;
    }

    /** The whole script. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }

    private static String quoted(String word) {
        String plain = "'" + word.replace("'", "'\\''") + "'";
        return plain.replace(TRIAL, "'\"$trial\"'");
    }
}
