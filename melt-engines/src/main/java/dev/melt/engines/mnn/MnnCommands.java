package dev.melt.engines.mnn;

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
import java.util.Map;

/** The command lines of {@code llm_bench} for counts of tokens and of {@code llm_demo} for prompts. */
record MnnCommands(EngineJob job, Placement placement) {
    static final String BENCH = "llm_bench";
    static final String DEMO = "llm_demo";

    /** In the manifest of a bundle: what MNN calls the backend, where it is not the usual one of its kind. */
    static final String BACKEND_TYPE = "backend_type";

    private static final Map<String, String> USUAL = Map.of("cpu", "cpu", "gpu", "opencl", "npu", "hexagon");

    static String backendType(EngineJob job) {
        String kind = job.settings().get(Setting.BACKEND).orElse(job.bundle().backend());
        return kind.equals(job.bundle().backend())
                ? job.bundle().build().getOrDefault(BACKEND_TYPE, USUAL.getOrDefault(kind, kind))
                : USUAL.getOrDefault(kind, kind);
    }

    Invocation invocation() {
        List<Request> turns = SingleTurns.of(job);
        MnnFolder folder = new MnnFolder(job, placement);
        TurnScript script = new TurnScript()
                .environment(Surroundings.environment(job.bundle(), placement))
                .input("config.json", folder.configuration(backendType(job)))
                .before(MnnFolder.LINK)
                .arguments(folder.links());
        return turns.stream().allMatch(Request.Tokens.class::isInstance) ? bench(script, turns) : demo(script, turns);
    }

    /** The options of a turn lie in a file, two words each and numbers all, so that the shell may take them apart. */
    private Invocation bench(TurnScript script, List<Request> turns) {
        List<String> words = new ArrayList<>(List.of(
                Surroundings.file(job.bundle(), placement, BENCH).orElseThrow(),
                "-m",
                "./model/config.json",
                "-a",
                backendType(job),
                "-t",
                setting(Setting.THREADS),
                "-rep",
                "1",
                "-load",
                "true",
                "-mmp",
                setting(Setting.MMAP).equals("true") ? "1" : "0"));
        return script.inputs("test", turns.stream().map(MnnCommands::test).toList())
                .arguments(words)
                .turn("rm -f bench.json; \"$@\" $(cat \"test.$turn\") -j bench.json\n"
                        + "    code=$?; cat bench.json; exit \"$code\"");
    }

    private static String test(Request request) {
        Request.Tokens tokens = (Request.Tokens) request;
        return tokens.promptTokens() > 0 && tokens.generate() > 0
                ? "-p 0 -n 0 -pg " + tokens.promptTokens() + "," + tokens.generate()
                : "-p " + tokens.promptTokens() + " -n " + tokens.generate();
    }

    private Invocation demo(TurnScript script, List<Request> turns) {
        List<String> words =
                List.of(Surroundings.file(job.bundle(), placement, DEMO).orElseThrow(), "./model/config.json");
        return script.inputs(
                        "prompt",
                        turns.stream()
                                .map(Request.Text.class::cast)
                                .map(text -> text.prompt() + "\n")
                                .toList())
                .inputs(
                        "tokens",
                        turns.stream().map(turn -> "" + turn.generate()).toList())
                .arguments(words)
                .turn("\"$@\" \"prompt.$turn\" \"$(cat \"tokens.$turn\")\"");
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
