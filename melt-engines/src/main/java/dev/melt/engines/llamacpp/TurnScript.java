package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** One process of a text program a turn, one after the other. */
record TurnScript(EngineJob job) {
    static final String NAME = "turns.sh";

    /** The script and its prompts, by name. */
    Map<String, String> inputs(String program, String model) {
        ShellScript script = new ShellScript(program).with("-m", model);
        CommonOptions options = new CommonOptions(job.settings(), script);
        options.runtime();
        options.sampling();
        conversation(script);
        script.whereKnown("--no-escape", "--no-escape").whereKnown("--simple-io", "--simple-io");
        script.lines(TurnFiles.FUNCTIONS);
        Map<String, String> inputs = new TreeMap<>();
        for (ScriptedTurn turn : turns()) {
            String prompt = "prompt." + turn.number();
            // llama.cpp takes one line feed off the end of a file
            inputs.put(prompt, ((Request.Text) turn.request()).prompt() + "\n");
            script.lines("begin " + turn.number() + "; run \"$@\" -f " + prompt + " -n "
                    + turn.request().generate() + "; end");
        }
        script.lines(TurnFiles.EXIT);
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
