package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.TurnScript;

/** One process of a text program a turn, one after the other. */
record PromptScript(EngineJob job) {
    TurnScript of(String program, String model) {
        ShellScript options = new ShellScript(program).with("-m", model);
        CommonOptions common = new CommonOptions(job.settings(), options);
        common.runtime();
        common.sampling();
        conversation(options);
        options.whereKnown("--no-escape", "--no-escape").whereKnown("--simple-io", "--simple-io");
        TurnScript script = TurnScript.endingWithACrash().lines(options.toString());
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            String prompt = "prompt." + turn.number();
            // llama.cpp takes one line feed off the end of a file
            script.file(prompt, OpenTurns.text(turn).prompt() + "\n")
                    .begin(turn.number())
                    .lines(ShellScript.RUN + " -f " + prompt + " -n "
                            + turn.request().generate())
                    .end();
        }
        return script;
    }

    private void conversation(ShellScript script) {
        boolean chat = job.script().conversations().stream().anyMatch(c -> c.chat());
        if (chat) {
            script.needing("--single-turn", "-cnv", "--single-turn");
        } else {
            script.whereKnown("-no-cnv", "-no-cnv");
        }
    }
}
