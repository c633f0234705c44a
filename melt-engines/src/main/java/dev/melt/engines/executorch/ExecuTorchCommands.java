package dev.melt.engines.executorch;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.TurnScript;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the runners. */
record ExecuTorchCommands(EngineJob job, Placement placement) {
    static final String[] RUNNERS = {"llama_main", "qnn_llama_runner"};
    static final String[] TOKENIZERS = {"tokenizer.json", "tokenizer.model", "tokenizer.bin"};

    /** In the manifest of a bundle: which decoder Qualcomm's runner is told. */
    static final String DECODER = "decoder_model_version";

    boolean isQualcomm() {
        return job.bundle().tool("llama_main").isEmpty();
    }

    Invocation invocation() {
        TurnScript script = TurnScript.endingWithAFailure();
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            String prompt = "prompt." + turn.number();
            script.file(prompt, OpenTurns.text(turn).prompt()).begin(turn.number());
            if (isQualcomm()) {
                // this runner has no file for its prompt; the device's own shell hands it over
                script.run(qualcomm(turn.number()), "--prompt", TurnScript.contentOf(prompt));
            } else {
                script.run(plain(prompt, turn.request().generate()));
            }
            script.end();
        }
        return script.invocation(new ToolBundle(job.bundle()).environment(placement));
    }

    private List<String> plain(String prompt, int generate) {
        List<String> words = new ArrayList<>(List.of(
                file(RUNNERS),
                "--model_path",
                placement.model(),
                "--tokenizer_path",
                file(TOKENIZERS),
                "--temperature",
                setting(Setting.TEMPERATURE),
                "--cpu_threads",
                setting(Setting.THREADS)));
        flag(Setting.IGNORE_EOS, "--ignore_eos", words);
        flag(Setting.WARMUP, "--warmup", words);
        new ToolBundle(job.bundle())
                .find(placement, "model.ptd")
                .ifPresent(data -> words.addAll(List.of("--data_paths", data)));
        words.addAll(List.of("--prompt_file", prompt, "--max_new_tokens", Integer.toString(generate)));
        return words;
    }

    private List<String> qualcomm(int turn) {
        return List.of(
                file(RUNNERS),
                "--decoder_model_version",
                job.bundle().build().getOrDefault(DECODER, ""),
                "--model_path",
                placement.model(),
                "--tokenizer_path",
                file(TOKENIZERS),
                "--seq_len",
                setting(Setting.CONTEXT),
                "--temperature",
                setting(Setting.TEMPERATURE),
                "--eval_mode",
                "1",
                "--num_iters",
                "1",
                "--output_path",
                "answer." + turn,
                "--performance_output_path",
                "speed." + turn);
    }

    private void flag(Setting setting, String option, List<String> words) {
        if (setting(setting).equals("true")) {
            words.add(option);
        }
    }

    private String file(String... baseNames) {
        return new ToolBundle(job.bundle()).path(placement, baseNames);
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
