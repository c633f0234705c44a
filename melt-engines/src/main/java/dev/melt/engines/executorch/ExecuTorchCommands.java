package dev.melt.engines.executorch;

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
        List<Request.Text> turns =
                SingleTurns.of(job).stream().map(Request.Text.class::cast).toList();
        TurnScript script = new TurnScript()
                .environment(Surroundings.environment(job.bundle(), placement))
                .inputs("prompt", turns.stream().map(Request.Text::prompt).toList())
                .inputs("tokens", turns.stream().map(t -> "" + t.generate()).toList());
        return isQualcomm() ? qualcomm(script) : plain(script);
    }

    private Invocation plain(TurnScript script) {
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
        Surroundings.file(job.bundle(), placement, "model.ptd")
                .ifPresent(data -> words.addAll(List.of("--data_paths", data)));
        return script.arguments(words)
                .turn("\"$@\" --prompt_file \"prompt.$turn\" --max_new_tokens \"$(cat \"tokens.$turn\")\"");
    }

    /** This runner has no file for its prompt; the device's own shell hands it over, and no other program sees it. */
    private Invocation qualcomm(TurnScript script) {
        List<String> words = List.of(
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
                "1");
        return script.arguments(words)
                .turn("\"$@\" --output_path \"answer.$turn\" --performance_output_path \"speed.$turn\""
                        + " --prompt \"$(cat \"prompt.$turn\")\"");
    }

    private void flag(Setting setting, String option, List<String> words) {
        if (setting(setting).equals("true")) {
            words.add(option);
        }
    }

    private String file(String... baseNames) {
        return Surroundings.file(job.bundle(), placement, baseNames).orElseThrow();
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
