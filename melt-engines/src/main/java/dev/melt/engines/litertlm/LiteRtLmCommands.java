package dev.melt.engines.litertlm;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.workload.Request;
import dev.melt.engines.ask.SingleTurns;
import dev.melt.engines.ask.Surroundings;
import dev.melt.engines.ask.TurnScript;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the C++ programs. */
record LiteRtLmCommands(EngineJob job, Placement placement) {
    static final String PLAIN = "litert_lm_main";
    static final String ADVANCED = "litert_lm_advanced_main";

    Invocation invocation() {
        List<Request> turns = SingleTurns.of(job);
        boolean advanced = job.bundle().tool(ADVANCED).isPresent();
        List<String> words = new ArrayList<>(List.of(
                Surroundings.file(job.bundle(), placement, ADVANCED, PLAIN).orElseThrow(),
                "--backend=" + setting(Setting.BACKEND),
                "--model_path=" + placement.model(),
                "--benchmark",
                "--async=false",
                "--report_peak_memory_footprint"));
        option(Setting.THREADS, "--num_cpu_threads=", words);
        option(Setting.CHUNK_LENGTH, "--prefill_chunk_size=", words);
        option(Setting.CONTEXT, "--max_num_tokens=", words);
        TurnScript script = new TurnScript()
                .environment(Surroundings.environment(job.bundle(), placement))
                .arguments(words);
        if (turns.stream().allMatch(Request.Tokens.class::isInstance)) {
            return script.inputs("prefill", counts(turns, true))
                    .inputs("decode", counts(turns, false))
                    .turn("\"$@\" \"--benchmark_prefill_tokens=$(cat \"prefill.$turn\")\""
                            + " \"--benchmark_decode_tokens=$(cat \"decode.$turn\")\"");
        }
        script.inputs(
                        "prompt",
                        turns.stream()
                                .map(Request.Text.class::cast)
                                .map(Request.Text::prompt)
                                .toList())
                .inputs("decode", counts(turns, false));
        return advanced
                ? script.turn(
                        "\"$@\" \"--max_output_tokens=$(cat \"decode.$turn\")\" --input_prompt_file=\"prompt.$turn\"")
                // the plain program takes no file: the device's own shell hands the prompt over
                : script.turn("\"$@\" \"--benchmark_decode_tokens=$(cat \"decode.$turn\")\""
                        + " \"--input_prompt=$(cat \"prompt.$turn\")\"");
    }

    private static List<String> counts(List<Request> turns, boolean prompt) {
        return turns.stream()
                .map(turn -> prompt ? ((Request.Tokens) turn).promptTokens() : turn.generate())
                .map(String::valueOf)
                .toList();
    }

    private void option(Setting setting, String name, List<String> words) {
        job.settings().get(setting).ifPresent(value -> words.add(name + value));
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
