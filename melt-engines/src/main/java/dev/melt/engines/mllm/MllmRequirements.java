package dev.melt.engines.mllm;

import dev.melt.core.device.Device;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Setting;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.engines.ask.ScriptShape;
import dev.melt.engines.ask.ToolBundle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a job for one of mllm's programs must fulfil; the first thing that it does not is the refusal. */
record MllmRequirements(MllmTool tool, EngineJob job) {
    /** In the manifest of a bundle: the prompt and the number of tokens that its demo was compiled with. */
    static final String PROMPT = "prompt";

    static final String GENERATE = "generate";

    /** In the manifest of a bundle: what the demo's option for the size of the model is to be. */
    static final String MODEL_SIZE = "model_size";

    Optional<Problem> problem(Device device) {
        ScriptShape shape = new ScriptShape("mllm", device.name(), job.script());
        return tool.rules()
                .problem(device.name(), job.settings())
                .or(shape::separateTurns)
                .or(shape::emptyContext)
                .or(() -> switch (tool) {
                    case BENCHMARK -> benchmark();
                    case RUNNER, AOT_RUNNER -> runner();
                    case DEMO_NPU, MAIN_NPU -> demo();
                });
    }

    private ToolBundle tools() {
        return new ToolBundle(job.bundle());
    }

    private List<Request> requests() {
        return job.script().conversations().stream()
                .map(Conversation::turns)
                .flatMap(List::stream)
                .toList();
    }

    private Optional<Problem> benchmark() {
        String name = job.model().name().toLowerCase(Locale.ROOT);
        boolean known =
                name.contains("llama") || (name.contains("qwen3") && name.contains("w4a32") && name.contains("kai"));
        if (!known) {
            return refusal(
                    "model " + job.model().name(),
                    "a name with 'llama', or with 'qwen3', 'w4a32' and 'kai' expected by mllm-llm-benchmark",
                    "none found",
                    "register the model under such a name");
        }
        boolean prompts = requests().stream()
                .map(Request.Tokens.class::cast)
                .allMatch(tokens -> tokens.promptTokens() > 0 && tokens.generate() > 0);
        return prompts
                ? tools().missing("config.json")
                : refusal(
                        "workload for mllm-llm-benchmark",
                        "prompt tokens and tokens to generate expected in each turn",
                        "one of them is 0",
                        "take a workload such as pp64+tg32");
    }

    private Optional<Problem> runner() {
        Optional<Problem> missing = tools().missing("tokenizer.json").or(() -> tools().missing("config.json"));
        int context = job.settings().get(Setting.CONTEXT).map(Integer::parseInt).orElse(Integer.MAX_VALUE);
        Optional<Integer> compiled = MllmConfig.cacheLength(job.bundle());
        if (missing.isEmpty() && tool == MllmTool.RUNNER && !compiled.equals(Optional.of(context))) {
            return refusal(
                    "setting context",
                    compiled.map(length -> length + ", the max_cache_length of the bundle's config.json, expected")
                            .orElse("a max_cache_length in the bundle's config.json expected"),
                    compiled.isPresent() ? "found " + context : "none found",
                    "leave the setting out, or change the file");
        }
        Optional<Problem> lines = requests().stream()
                .map(Request.Text.class::cast)
                .flatMap(text -> oneLine(text, context).stream())
                .findFirst();
        return missing.or(() -> lines);
    }

    private static Optional<Problem> oneLine(Request.Text text, int context) {
        if (text.prompt().indexOf('\n') >= 0 || text.prompt().indexOf('\r') >= 0) {
            return refusal(
                    "prompt for mllm's runner",
                    "one line expected",
                    "several found",
                    "take prompts without line ends, or another --engine");
        }
        return text.generate() >= context
                ? Optional.empty()
                : refusal(
                        "tokens to generate with mllm's runner",
                        "at least " + context + ", its context, expected, for it goes on to the end of its answer",
                        "found " + text.generate(),
                        "ask for " + context + " tokens, or take mllm-llm-benchmark with a workload of token counts");
    }

    private Optional<Problem> demo() {
        Map<String, String> build = job.bundle().build();
        Optional<Problem> files = tool == MllmTool.MAIN_NPU
                ? Optional.empty()
                : tools().missing(MllmCommands.MERGES)
                        .or(() -> tools().missing(MllmCommands.VOCABULARY))
                        .or(() -> tools().missing(MllmCommands.DECODING_MODEL))
                        .or(() -> build.containsKey(MODEL_SIZE) ? Optional.empty() : manifest(MODEL_SIZE));
        return files.or(() -> build.containsKey(PROMPT) ? Optional.empty() : manifest(PROMPT))
                .or(() -> build.containsKey(GENERATE) ? Optional.empty() : manifest(GENERATE))
                .or(() -> requests().stream()
                        .map(Request.Text.class::cast)
                        .filter(text -> !text.prompt().equals(build.get(PROMPT))
                                || !Integer.toString(text.generate()).equals(build.get(GENERATE)))
                        .findFirst()
                        .flatMap(text -> refusal(
                                "workload for " + tool.rules().engine(),
                                "the prompt that it was compiled with, " + build.get(GENERATE)
                                        + " tokens to generate, expected",
                                "another one found",
                                "take a workload of that prompt: it is 'prompt' under 'build' in bundle.yaml")));
    }

    private Optional<Problem> manifest(String key) {
        return refusal(
                "bundle '" + job.bundle().name() + "' of mllm",
                "'" + key + "' under 'build' in its bundle.yaml expected, for the program has it compiled in",
                "none found",
                "write it there and add the bundle again");
    }

    private static Optional<Problem> refusal(String subject, String expectation, String finding, String remedy) {
        return Optional.of(new Problem(subject, expectation, finding, remedy));
    }
}
