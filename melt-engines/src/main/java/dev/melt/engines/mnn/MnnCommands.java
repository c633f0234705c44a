package dev.melt.engines.mnn;

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
        MnnFolder folder = new MnnFolder(job, placement);
        TurnScript script = TurnScript.endingWithAFailure()
                .file("config.json", folder.configuration(backendType(job)))
                .lines(folder.link());
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            if (turn.request() instanceof Request.Tokens tokens) {
                script.without("bench.json")
                        .begin(turn.number())
                        .run(bench(tokens))
                        .printed("bench.json")
                        .end();
            } else {
                String prompt = "prompt." + turn.number();
                script.file(prompt, OpenTurns.text(turn).prompt() + "\n")
                        .turn(turn.number(), demo(prompt, turn.request().generate()));
            }
        }
        return script.invocation(new ToolBundle(job.bundle()).environment(placement));
    }

    private List<String> bench(Request.Tokens tokens) {
        List<String> words = new ArrayList<>(List.of(
                new ToolBundle(job.bundle()).path(placement, BENCH),
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
        String prompt = Integer.toString(tokens.promptTokens());
        String generate = Integer.toString(tokens.generate());
        words.addAll(
                tokens.promptTokens() > 0 && tokens.generate() > 0
                        ? List.of("-p", "0", "-n", "0", "-pg", prompt + "," + generate)
                        : List.of("-p", prompt, "-n", generate));
        words.addAll(List.of("-j", "bench.json"));
        return words;
    }

    private List<String> demo(String prompt, int generate) {
        return List.of(
                new ToolBundle(job.bundle()).path(placement, DEMO),
                "./model/config.json",
                prompt,
                Integer.toString(generate));
    }

    private String setting(Setting setting) {
        return job.settings().get(setting).orElseThrow();
    }
}
