package dev.melt.engines.ask;

import dev.melt.core.agent.ShellQuoting;
import dev.melt.core.engine.Invocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A POSIX shell script that does one turn after another, each with processes of its own, in the trial's folder. Turn N leaves
 * {@code out.N} and {@code err.N}, and once it has ended {@code span.N}, its start and end on the boot clock in nanoseconds, cut
 * to the 10 ms of {@code /proc/uptime}, and {@code rc.N}. Runs under dash, bash, mksh and busybox; nothing in it needs more than
 * the shell. Used once, by one thread.
 */
public final class TurnScript {
    /** Stands for the trial's folder in a word of a command. */
    public static final String TRIAL = "{trial}";

    /** What the script is called among the inputs. */
    public static final String NAME = "turns.sh";

    private static final Pattern SPLIT = Pattern.compile(Pattern.quote(TRIAL));
    private static final int ANY_FAILURE = 1;
    private static final int SIGNALLED = 128;

    private static final String FUNCTIONS = """
            TRIAL=$PWD FAILED=1 RC=0
            uptime() {
                UP=
                [ ! -r /proc/uptime ] || read -r UP _ </proc/uptime
            }
            begin() {
                N=$1 RC=0 IN=$2
                uptime
                FROM=$UP
            }
            run() {
                [ $RC -eq 0 ] || return 0
                "$@" <"$IN" >>"$TRIAL/out.$N" 2>>"$TRIAL/err.$N"
                RC=$?
            }
            end() {
                uptime
                [ -z "$UP" ] || echo "${FROM%.*}${FROM#*.}0000000 ${UP%.*}${UP#*.}0000000" >"$TRIAL/span.$N"
                echo $RC >"$TRIAL/rc.$N"
                [ $RC -lt LAST ] || exit $RC
                [ $RC -ne 0 ] || FAILED=0
            }
            """;

    /** Good when one turn was; else as the last one ended. */
    private static final String EXIT = "[ $FAILED -eq 0 ] || exit $RC\n";

    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> inputs = new HashMap<>();

    private TurnScript(int last) {
        text.append(FUNCTIONS.replace("LAST", Integer.toString(last)));
    }

    /** The first turn that fails is the last one, and its exit code the script's. */
    public static TurnScript endingWithAFailure() {
        return new TurnScript(ANY_FAILURE);
    }

    /** A turn that a signal ended is the last one; one that was only refused is followed by the next. */
    public static TurnScript endingWithACrash() {
        return new TurnScript(SIGNALLED);
    }

    /** A file for the trial's folder. */
    public TurnScript file(String name, String content) {
        inputs.put(name, content);
        return this;
    }

    /** Lines of the shell's own language. */
    public TurnScript lines(String lines) {
        text.append(lines.stripTrailing()).append('\n');
        return this;
    }

    /** Processes that follow are started in this folder. */
    public TurnScript in(String folder) {
        return lines("cd " + quoted(folder) + " || exit 70");
    }

    /** A file of the trial that must not be there when a process begins to write it. */
    public TurnScript without(String file) {
        return lines("rm -f " + quoted(TRIAL + "/" + file));
    }

    /** A turn begins, of processes with nothing on their standard input. */
    public TurnScript begin(int turn) {
        return lines("begin " + turn + " /dev/null");
    }

    /** A turn begins, of processes that read a file of the trial on their standard input. */
    public TurnScript begin(int turn, String input) {
        return lines("begin " + turn + " " + quoted(TRIAL + "/" + input));
    }

    /** A process of the turn that has begun; left out where one before it failed. */
    public TurnScript run(List<String> words) {
        return lines("run " + quoted(words));
    }

    /** A process with further words in the shell's own language behind those that are taken as they are. */
    public TurnScript run(List<String> words, String... more) {
        return lines("run " + quoted(words)
                + Arrays.stream(more).map(word -> " " + word).collect(Collectors.joining()));
    }

    /** What a file of the trial holds becomes part of what the turn printed. */
    public TurnScript printed(String file) {
        return lines("cat " + quoted(TRIAL + "/" + file) + " >>\"$TRIAL/out.$N\" 2>>\"$TRIAL/err.$N\"");
    }

    /** The turn that has begun is over. */
    public TurnScript end() {
        return lines("end");
    }

    /** A whole turn of one process. */
    public TurnScript turn(int turn, List<String> words) {
        return begin(turn).run(words).end();
    }

    /** A word in the shell's own language: what a file of the trial holds. */
    public static String contentOf(String file) {
        return "\"$(cat " + quoted(TRIAL + "/" + file) + ")\"";
    }

    /** The script with its files, as the process of a trial. */
    public Invocation invocation(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(inputs);
        all.put(NAME, text());
        return new Invocation(List.of("sh", NAME), environment, all);
    }

    String text() {
        return text + EXIT;
    }

    /** Words of the shell's own language that it reads back as these. */
    public static String quoted(List<String> words) {
        return words.stream().map(TurnScript::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        List<String> parts = new ArrayList<>();
        for (String part : SPLIT.split(word, -1)) {
            parts.add(part.isEmpty() && word.contains(TRIAL) ? "" : ShellQuoting.quote(part));
        }
        return String.join("\"$TRIAL\"", parts);
    }
}
