package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * One process of a text program a turn: {@code out.N}, {@code err.N} and, once it has ended, {@code rc.N} and {@code span.N},
 * its start and end on the boot clock in nanoseconds, cut to the 10 ms of {@code /proc/uptime}. A process that a signal ended
 * is the last one; one that only refused is followed by the next.
 */
record TurnScript(EngineJob job) {
    static final String NAME = "turns.sh";

    private static final String TURNS = """
            DONE=1
            uptime() {
                UP=
                [ ! -r /proc/uptime ] || read -r UP _ </proc/uptime
            }
            turn() {
                N=$1 F=$2 G=$3
                shift 3
                uptime
                FROM=$UP
                "$T" "$@" -f "$F" -n "$G" </dev/null >"out.$N" 2>"err.$N"
                RC=$?
                uptime
                [ -z "$UP" ] || echo "${FROM%.*}${FROM#*.}0000000 ${UP%.*}${UP#*.}0000000" >"span.$N"
                echo $RC >"rc.$N"
                [ $RC -lt 128 ] || exit $RC
                [ $RC -ne 0 ] || DONE=0
            }
            """;

    /** The script and its prompts, by name. */
    Map<String, String> inputs(String program, String model) {
        ShellScript script = new ShellScript(program).with("-m", model);
        CommonOptions options = new CommonOptions(job.settings(), script);
        options.runtime();
        options.sampling();
        conversation(script);
        script.whereKnown("--no-escape", "--no-escape").whereKnown("--simple-io", "--simple-io");
        script.lines(TURNS);
        Map<String, String> inputs = new TreeMap<>();
        for (ScriptedTurn turn : turns()) {
            String prompt = "prompt." + turn.number();
            // llama.cpp takes one line feed off the end of a file
            inputs.put(prompt, ((Request.Text) turn.request()).prompt() + "\n");
            script.lines("turn " + turn.number() + " " + prompt + " "
                    + turn.request().generate() + " \"$@\"");
        }
        script.lines("[ $DONE -eq 0 ] || exit $RC");
        inputs.put(NAME, script.toString());
        return inputs;
    }

    private void conversation(ShellScript script) {
        boolean chat = job.script().conversations().stream().anyMatch(c -> c.chat());
        if (chat) {
            script.needing("--single-turn", "-cnv", "--single-turn");
        } else {
            script.whereKnown("-no-cnv", "-no-cnv");
        }
    }

    private List<ScriptedTurn> turns() {
        return IntStream.range(0, job.script().turnsInOnePass())
                .filter(number -> !job.finished().containsKey(number))
                .mapToObj(job.script()::turn)
                .toList();
    }
}
