package dev.melt.engines.mllm;

import dev.melt.core.engine.Bundle;
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
import java.util.stream.Collectors;

/** The command lines of mllm's programs. */
record MllmCommands(EngineJob job, Placement placement) {
    static final String VOCABULARY = "vocab.mllm";
    static final String MERGES = "merges.txt";
    static final String DECODING_MODEL = "decoding.mllm";

    /** Older builds repeat each test three times and cannot be told otherwise: they are refused by looking for the option's name. */
    private static final String ONE_RUN = """
            if ! grep -q -e cooldown_s "$1"; then
              echo 'unknown option -r: this build of mllm-llm-benchmark repeats each test three times' >err.0
              : >out.0
              echo 64 >rc.0
              exit 64
            fi""";

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
        List<Request.Tokens> tests =
                SingleTurns.of(job).stream().map(Request.Tokens.class::cast).toList();
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
        return script().before(ONE_RUN).processes(1).arguments(words).turn("\"$@\"");
    }

    private Invocation runner(List<String> words) {
        List<String> prompts = SingleTurns.of(job).stream()
                .map(Request.Text.class::cast)
                .map(text -> text.prompt() + "\n")
                .toList();
        return script().inputs("prompt", prompts)
                .stdin("prompt.$turn")
                .arguments(words)
                .turn("\"$@\"");
    }

    /** The demos look for further files beside their own folder. */
    private Invocation demo(List<String> words) {
        return script().processes(SingleTurns.of(job).size()).arguments(words).turn("cd \"${1%/*}\" && \"$@\"");
    }

    private TurnScript script() {
        return new TurnScript().environment(Surroundings.environment(job.bundle(), placement));
    }

    private String file(String baseName) {
        return Surroundings.file(job.bundle(), placement, baseName).orElseThrow();
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
