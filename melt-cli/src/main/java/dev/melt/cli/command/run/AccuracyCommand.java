package dev.melt.cli.command.run;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.RunPlan;
import dev.melt.core.run.RunPlanner;
import dev.melt.core.run.RunRequest;
import dev.melt.core.store.RunStore;
import dev.melt.core.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt accuracy}: how good a model's answers are on a device, kept beside how fast they come. */
@Command(
        description = {
            "",
            "Examines models on a device with tasks of lm-evaluation-harness from local files, with the perplexity"
                    + " of a text, and with the divergence from another model over it. Each task is a trial of a run;"
                    + " 'melt resume' goes on inside it."
        },
        footer = {
            "  melt accuracy --device local --model tiny --tasks melt-hellaswag-sample",
            "  melt accuracy --device local --model ./my.gguf --tasks hellaswag,mmlu --data ~/sets --limit 500",
            "  melt accuracy --device local --model ./my-q4_0.gguf --text wiki.txt --base ./my-f16.gguf"
        })
public final class AccuracyCommand implements MeltCommand {
    @Option(
            names = "--model",
            required = true,
            split = ",",
            paramLabel = "NAME",
            description = "a model or shape that 'melt models list' shows, or a path to a .gguf file")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--base",
            paramLabel = "NAME",
            description = "the model that the others are compared with over --text, such as the unquantised one")
    private @Nullable String base;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "embedded, llama.cpp, or app on an iPhone (default: app there, embedded elsewhere)")
    private @Nullable String engine;

    @Option(names = "--bundle", paramLabel = "NAME", description = "the build of the engine, by name or hash")
    private @Nullable String bundle;

    @Option(names = "--events", paramLabel = "FILE", description = "write progress as JSON lines; - is standard output")
    private @Nullable String events;

    @Option(names = "--json", description = "write the results as JSON instead of a table")
    private boolean json;

    @Mixin
    private DeviceOptions devices = new DeviceOptions();

    @Mixin
    private ExamOptions exams = new ExamOptions();

    @Mixin
    private ExamProtocol protocol = new ExamProtocol();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        if (base != null && !exams.onlyText()) {
            throw new InvalidInputException(
                    "--base " + base,
                    "a text to compare the models over expected, and no tasks",
                    "--text without --tasks is not given",
                    "name a file with --text, and run tasks for themselves");
        }
        List<Workload> asked = exams.read(session);
        Workbench bench = Workbench.of(session);
        devices.names(List.of()).forEach(bench.devices()::check);
        List<RunRequest> requests = devices.names(List.of()).stream()
                .map(device -> request(device, engine == null ? bench.devices().usualEngine(device) : engine))
                .toList();
        RunPlanner.Matrix named = bench.planner().matrix(requests.get(0));
        RunPlanner.Matrix matrix = new RunPlanner.Matrix(named.models(), asked);
        RunExecution.checkEvents(session, Optional.ofNullable(events));
        List<DeviceOptions.Target> targets = requests.stream()
                .map(request -> devices.open(bench, request, Sweep.NONE))
                .toList();
        targets.forEach(target -> bench.planner().check(target.request(), matrix, target.device()));
        try (RunStore store = bench.openStore()) {
            ByteLines progress = new ByteLines(session);
            RunPlan plan = RunPlan.together(targets.stream()
                    .map(target -> bench.planner().plan(target.request(), matrix, target.device(), progress))
                    .toList());
            RunPlan compared = base == null ? plan : bench.planner().against(base, plan, progress);
            return new RunExecution(session, bench, store, Optional.ofNullable(events), json)
                    .execute(store.createRun(RunCommand.newRun(session, compared, targets)));
        }
    }

    private RunRequest request(String device, String asked) {
        return new RunRequest(
                device,
                adapter(asked),
                Optional.ofNullable(bundle),
                models,
                List.of(),
                OptionalInt.empty(),
                protocol.settings(),
                devices.complete(protocol.protocol()),
                List.of(List.of()));
    }

    /** Of llama.cpp's programs it is another than that which answers prompts. */
    private static String adapter(String asked) {
        return switch (asked) {
            case "embedded", "app" -> asked;
            case "llama.cpp" -> "llama-perplexity";
            default ->
                throw new InvalidInputException(
                        "--engine " + asked,
                        "an engine that can examine a model expected",
                        "this is none",
                        "take embedded, llama.cpp, or app on an iPhone");
        };
    }
}
