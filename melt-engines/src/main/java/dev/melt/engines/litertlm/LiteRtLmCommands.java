package dev.melt.engines.litertlm;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.TurnScript;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the C++ programs. */
record LiteRtLmCommands(EngineJob job, Placement placement) {
    static final String PLAIN = "litert_lm_main";
    static final String ADVANCED = "litert_lm_advanced_main";

    Invocation invocation() {
        TurnScript script = TurnScript.endingWithAFailure();
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            script.begin(turn.number());
            run(turn, script);
            script.end();
        }
        return script.invocation(new ToolBundle(job.bundle()).environment(placement));
    }

    private void run(ScriptedTurn turn, TurnScript script) {
        List<String> words = words();
        int generate = turn.request().generate();
        if (turn.request() instanceof Request.Tokens tokens) {
            words.add("--benchmark_prefill_tokens=" + tokens.promptTokens());
            words.add("--benchmark_decode_tokens=" + generate);
            script.run(words);
            return;
        }
        String prompt = "prompt." + turn.number();
        script.file(prompt, OpenTurns.text(turn).prompt());
        if (job.bundle().tool(ADVANCED).isPresent()) {
            words.add("--max_output_tokens=" + generate);
            words.add("--input_prompt_file=" + prompt);
            script.run(words);
        } else {
            // the plain program takes no file: the device's own shell hands the prompt over
            words.add("--benchmark_decode_tokens=" + generate);
            script.run(words, "--input_prompt=" + TurnScript.contentOf(prompt));
        }
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                new ToolBundle(job.bundle()).path(placement, ADVANCED, PLAIN),
                "--backend=" + setting(Setting.BACKEND),
                "--model_path=" + placement.model(),
                "--benchmark",
                "--async=false",
                "--report_peak_memory_footprint"));
        option(Setting.THREADS, "--num_cpu_threads=", words);
        option(Setting.CHUNK_LENGTH, "--prefill_chunk_size=", words);
        option(Setting.CONTEXT, "--max_num_tokens=", words);
        return words;
    }

    private void option(Setting setting, String name, List<String> words) {
        job.settings().get(setting).ifPresent(value -> words.add(name + value));
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
