package dev.melt.engines.ask;

import dev.melt.core.engine.Invocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts an engine once for each turn from one shell script, which leaves {@code out.N}, {@code err.N}, {@code rc.N} and, where
 * the device has a boot clock to read, {@code span.N} in the trial's folder and stops at the first process that fails. What the command needs travels as arguments of the script, so that
 * nothing has to be quoted; a prompt lies in {@code prompt.N}. Used once, by one thread.
 */
public final class TurnScript {
    /** Name of the script among the inputs. */
    public static final String NAME = "turns.sh";

    private static final String FRAME = """
            #!/bin/sh
            # started as: sh turns.sh TURNS ARGUMENT...
            turns=$1
            shift
            %s
            uptime() {
              up=
              [ ! -r /proc/uptime ] || read -r up _ </proc/uptime
            }
            turn=0
            while [ "$turn" -lt "$turns" ]; do
              uptime
              from=$up
              (
                %s
              ) <"%s" >"out.$turn" 2>"err.$turn"
              code=$?
              uptime
              [ -z "$up" ] || echo "${from%%.*}${from#*.}0000000 ${up%%.*}${up#*.}0000000" >"span.$turn"
              echo "$code" >"rc.$turn"
              if [ "$code" -ne 0 ]; then
                exit "$code"
              fi
              turn=$((turn + 1))
            done
            """;

    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> inputs = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private String before = ":";
    private String stdin = "/dev/null";
    private int turns;

    /** The script's arguments behind the number of turns: {@code $1} and on. */
    public TurnScript arguments(List<String> words) {
        arguments.addAll(words);
        return this;
    }

    /** Shell commands that run once, before the first turn. */
    public TurnScript before(String commands) {
        before = commands;
        return this;
    }

    /** What a turn reads from its standard input; {@code $turn} is its number. */
    public TurnScript stdin(String file) {
        stdin = file;
        return this;
    }

    /** A file for the trial's folder. */
    public TurnScript input(String name, String content) {
        inputs.put(name, content);
        return this;
    }

    /** A file {@code PREFIX.N} for each turn. */
    public TurnScript inputs(String prefix, List<String> contents) {
        for (int turn = 0; turn < contents.size(); turn++) {
            inputs.put(prefix + "." + turn, contents.get(turn));
        }
        turns = Math.max(turns, contents.size());
        return this;
    }

    /** How many processes there are, where no file of each says it. */
    public TurnScript processes(int number) {
        turns = number;
        return this;
    }

    /** Variables of all processes. */
    public TurnScript environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** The whole, with the shell command that does one turn. */
    public Invocation turn(String command) {
        inputs.put(NAME, FRAME.formatted(before, command, stdin));
        List<String> words = new ArrayList<>(List.of("sh", NAME, Integer.toString(turns)));
        words.addAll(arguments);
        return new Invocation(words, environment, inputs);
    }
}
