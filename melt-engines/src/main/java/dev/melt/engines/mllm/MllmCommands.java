package dev.melt.engines.mllm;

import dev.melt.core.engine.Bundle;
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
import java.util.stream.Collectors;

/** The command lines of mllm's programs. */
record MllmCommands(EngineJob job, Placement placement) {
    static final String VOCABULARY = "vocab.mllm";
    static final String MERGES = "merges.txt";
    static final String DECODING_MODEL = "decoding.mllm";

    /** Older builds repeat each test three times and cannot be told otherwise: they are refused by looking for the option's name. */
    private static final String ONE_RUN = """
            once() {
                grep -q -e cooldown_s "$1" || {
                    echo 'unknown option -r: this build of mllm-llm-benchmark repeats each test three times' >&2
                    return 64
                }
            }""";

    Invocation of(MllmTool tool) {
        String program = placement.file(
                tool.file(job.bundle()).map(Bundle.BundleFile::name).orElseThrow());
        return switch (tool) {
            case BENCHMARK -> benchmark(program);
            case RUNNER ->
                runner(List.of(
                        program,
                        "-m",
                        placement.model(),
                        "-mv",
                        "v2",
                        "-t",
                        file("tokenizer.json"),
                        "-c",
                        file("config.json")));
            case AOT_RUNNER ->
                runner(List.of(
                        program,
                        "-m",
                        placement.model(),
                        "-t",
                        file("tokenizer.json"),
                        "-c",
                        file("config.json"),
                        "--temperature",
                        setting(Setting.TEMPERATURE),
                        "--ar_len",
                        setting(Setting.CHUNK_LENGTH)));
            case DEMO_NPU ->
                demo(List.of(
                        program,
                        "-v",
                        file(VOCABULARY),
                        "-e",
                        file(MERGES),
                        "-m",
                        placement.model(),
                        "--decoding-model",
                        file(DECODING_MODEL),
                        "-b",
                        job.bundle().build().getOrDefault(MllmRequirements.MODEL_SIZE, ""),
                        "-l",
                        setting(Setting.CONTEXT),
                        "-t",
                        setting(Setting.THREADS)));
            case MAIN_NPU ->
                demo(List.of(
                        program,
                        "-s",
                        setting(Setting.CHUNK_LENGTH),
                        "-c",
                        "0",
                        "-l",
                        setting(Setting.CONTEXT),
                        "-t",
                        setting(Setting.THREADS)));
        };
    }

    private Invocation benchmark(String program) {
        List<ScriptedTurn> turns = OpenTurns.of(job);
        List<Request.Tokens> tests = turns.stream().map(OpenTurns::tokens).toList();
        List<String> words = new ArrayList<>(List.of(
                program,
                "-n",
                job.model().name(),
                "-m",
                placement.model(),
                "-c",
                file("config.json"),
                "-t",
                setting(Setting.THREADS),
                "-cl",
                setting(Setting.CONTEXT)));
        words.addAll(
                List.of("-pp", tests.stream().map(t -> "" + t.promptTokens()).collect(Collectors.joining(","))));
        words.addAll(List.of("-tg", tests.stream().map(t -> "" + t.generate()).collect(Collectors.joining(","))));
        words.addAll(List.of("-r", "1", "-cs", "0"));
        return invocation(TurnScript.endingWithAFailure()
                .lines(ONE_RUN)
                .begin(turns.get(0).number())
                .run(List.of("once", program))
                .run(words)
                .end());
    }

    private Invocation runner(List<String> words) {
        TurnScript script = TurnScript.endingWithAFailure();
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            String prompt = "prompt." + turn.number();
            script.file(prompt, OpenTurns.text(turn).prompt() + "\n")
                    .begin(turn.number(), prompt)
                    .run(words)
                    .end();
        }
        return invocation(script);
    }

    /** The demos look for further files beside their own folder. */
    private Invocation demo(List<String> words) {
        String program = words.get(0);
        TurnScript script = TurnScript.endingWithAFailure().in(program.substring(0, program.lastIndexOf('/')));
        OpenTurns.of(job).forEach(turn -> script.turn(turn.number(), words));
        return invocation(script);
    }

    private Invocation invocation(TurnScript script) {
        return script.invocation(new ToolBundle(job.bundle()).environment(placement));
    }

    private String file(String baseName) {
        return new ToolBundle(job.bundle()).path(placement, baseName);
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
