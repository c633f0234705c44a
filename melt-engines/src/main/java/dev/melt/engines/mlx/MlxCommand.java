package dev.melt.engines.mlx;

import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.workload.Request;
import dev.melt.engines.ask.ToolBundle;
import java.util.ArrayList;
import java.util.List;

/** The command lines of MLX's programs for one job. Immutable. */
record MlxCommand(EngineJob job, Placement placement, String model) {
    static final String BENCHMARK = "mlx_lm.benchmark";
    static final String GENERATE = "mlx_lm.generate";
    static final String SWIFT = "llm-tool";

    /** Whether texts go to the Swift tool. */
    static boolean swift(Bundle bundle) {
        return bundle.tool(GENERATE).isEmpty();
    }

    /** Numbers of tokens, one trial after a warm-up. */
    List<String> benchmark(Request.Tokens tokens) {
        List<String> command = new ArrayList<>(List.of(
                tool(BENCHMARK),
                "--model",
                model,
                "-p",
                Integer.toString(tokens.promptTokens()),
                "-g",
                Integer.toString(tokens.generate()),
                "-b",
                "1",
                "-n",
                "1"));
        option(command, "--prefill-step-size", Setting.UBATCH);
        return command;
    }

    /** A prompt that the process reads from its standard input, or from a file of the trial. */
    List<String> text(int turn, Request.Text text, boolean chat) {
        List<String> command = new ArrayList<>(
                swift(job.bundle())
                        ? List.of(
                                tool(SWIFT), "eval", "--model", model, "--prompt", "@" + prompt(turn), "--memory-stats")
                        : List.of(tool(GENERATE), "--model", model, "--prompt", "-", "--verbose", "True"));
        command.addAll(List.of("--max-tokens", Integer.toString(text.generate())));
        option(command, "--seed", Setting.SEED);
        option(command, "--top-p", Setting.TOP_P);
        if (swift(job.bundle())) {
            option(command, "--temperature", Setting.TEMPERATURE);
            return command;
        }
        option(command, "--temp", Setting.TEMPERATURE);
        option(command, "--top-k", Setting.TOP_K);
        option(command, "--min-p", Setting.MIN_P);
        option(command, "--max-kv-size", Setting.CONTEXT);
        if (!chat) {
            command.add("--ignore-chat-template");
        }
        return command;
    }

    static String prompt(int turn) {
        return "prompt." + turn + ".txt";
    }

    private String tool(String name) {
        return new ToolBundle(job.bundle()).path(placement, name);
    }

    private void option(List<String> command, String name, Setting setting) {
        job.settings().get(setting).ifPresent(value -> command.addAll(List.of(name, value)));
    }
}
