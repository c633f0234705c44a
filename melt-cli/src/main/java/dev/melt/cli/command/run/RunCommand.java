package dev.melt.cli.command.run;

import static java.util.Objects.requireNonNull;

import dev.melt.cli.BuildVersion;
import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.core.device.Device;
import dev.melt.core.run.Cell;
import dev.melt.core.run.PlanJson;
import dev.melt.core.run.RunPlan;
import dev.melt.core.run.RunPlanner;
import dev.melt.core.run.RunRequest;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.NewRun;
import dev.melt.core.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt run}: the main job. */
@Command(
        description = {
            "",
            "Brings model and engine to the device, runs every cell of the matrix of models and workloads in fresh"
                    + " processes, samples telemetry beside them, and keeps everything in MELT's home."
        },
        footer = {
            "  melt run --device local --model tiny",
            "  melt run --device local --model tinyllama-1.1b-q4_0 --workload pp512-tg128,pp64-tg32 --trials 10",
            "  melt run --device local --model ./my.gguf --workload chat-6 --set temperature=0.7",
            "  melt run --device local --model tiny --dry-run",
            "  melt run --device pixel8,galaxy-s24 --model tinyllama-1.1b-q4_0 --engine llama.cpp",
            "  melt run --device orin-agx --model tiny --sweep power_mode=15W,30W,MAXN --allow-restart"
        })
public final class RunCommand implements MeltCommand {
    private static final String USUAL_WORKLOAD = "pp512-tg128";

    @Option(
            names = "--model",
            split = ",",
            paramLabel = "NAME",
            description = "a model or shape that 'melt models list' shows, or a path to a .gguf file")
    private List<String> models = new ArrayList<>();

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "a name that 'melt workloads list' shows or a pattern such as " + USUAL_WORKLOAD
                    + ", which is the default; may be given more than once")
    private List<String> workloads = new ArrayList<>();

    @Option(names = "--engine", paramLabel = "NAME", description = "the engine (default: embedded; on an iPhone app)")
    private @Nullable String engine;

    @Option(
            names = "--suite",
            paramLabel = "NAME",
            description = "a matrix from configs/suites, by name or path; options given here come before what it says")
    private @Nullable String suite;

    @Option(
            names = "--sweep",
            paramLabel = "SETTING=VALUES",
            description = "go through values of a device setting, a cell for each: power_mode=15W,30W,MAXN; of several,"
                    + " every value of one with every value of the others")
    private List<String> sweep = new ArrayList<>();

    @Option(
            names = "--bundle",
            paramLabel = "NAME",
            description = "the build of the engine, by name or hash (default: the one that fits the device)")
    private @Nullable String bundle;

    @Option(names = "--generate", paramLabel = "N", description = "tokens to generate for each prompt of text")
    private @Nullable Integer generate;

    @Option(names = "--dry-run", description = "show the plan and end; makes nothing, touches no device")
    private boolean dryRun;

    @Option(names = "--print-cmd", description = "show the engine's exact command for each cell and end")
    private boolean printCommand;

    @Option(names = "--events", paramLabel = "FILE", description = "write progress as JSON lines; - is standard output")
    private @Nullable String events;

    @Option(names = "--json", description = "write the results as JSON instead of a table")
    private boolean json;

    @Mixin
    private DeviceOptions devices = new DeviceOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        Workbench bench = Workbench.of(session);
        SuiteOptions wanted = SuiteOptions.of(session, Optional.ofNullable(suite));
        List<String> names = devices.names(wanted.devices());
        names.forEach(bench.devices()::check);
        Sweep ways = wanted.sweep().with(Sweep.parse(sweep));
        List<RunRequest> requests =
                names.stream().map(name -> request(bench, name, wanted)).toList();
        requests.forEach(request -> bench.engines().named(request.engine()));
        RunPlanner.Matrix matrix = bench.planner().matrix(requests.get(0));
        PlanPrinter printer = new PlanPrinter(session.out());
        if (dryRun) {
            printer.matrix(requests, matrix, bench.engines(), ways.axes());
            return ExitCode.DONE;
        }
        RunExecution.checkEvents(session, Optional.ofNullable(events));
        List<DeviceOptions.Target> targets = requests.stream()
                .map(request -> devices.open(bench, request, ways))
                .toList();
        targets.forEach(target -> bench.planner().check(target.request(), matrix, target.device()));
        if (printCommand) {
            targets.forEach(
                    target -> printer.commands(plan(session, bench, matrix, target), bench.engines(), target.device()));
            return ExitCode.DONE;
        }
        // before a model is made, which may take long: a store that cannot be used would waste it
        try (RunStore store = bench.openStore()) {
            RunPlan plan = RunPlan.together(targets.stream()
                    .map(target -> plan(session, bench, matrix, target))
                    .toList());
            return new RunExecution(session, bench, store, Optional.ofNullable(events), json)
                    .execute(store.createRun(newRun(session, plan, targets)));
        }
    }

    private static RunPlan plan(
            Session session, Workbench bench, RunPlanner.Matrix matrix, DeviceOptions.Target target) {
        return bench.planner().plan(target.request(), matrix, target.device(), new ByteLines(session));
    }

    private RunRequest request(Workbench bench, String device, SuiteOptions wanted) {
        List<String> asked = workloads.isEmpty() ? wanted.workloads(USUAL_WORKLOAD) : workloads;
        return new RunRequest(
                device,
                engine == null ? wanted.engine(bench.devices().usualEngine(device)) : engine,
                Optional.ofNullable(bundle),
                wanted.models(models),
                asked,
                generate == null ? OptionalInt.empty() : OptionalInt.of(generate),
                options.settings(),
                devices.complete(options.protocol(bench.devices().profile(device), devices.cutsPower())),
                List.of(List.of()));
    }

    static NewRun newRun(Session session, RunPlan plan, List<DeviceOptions.Target> targets) {
        Map<String, Device> devices = new TreeMap<>();
        targets.forEach(target -> devices.put(target.request().device(), target.device()));
        BuildVersion version = BuildVersion.ofThisProgram();
        return new NewRun(
                session.commandLine(),
                version.version(),
                Optional.of(version.commit()),
                version.dirty(),
                plan.seed(),
                PlanJson.write(plan),
                hostFacts(),
                plan.cells().stream()
                        .map(cell -> facts(cell, requireNonNull(devices.get(cell.device()))))
                        .toList(),
                plan.trials().stream()
                        .map(t -> new NewRun.Slot(t.cell(), t.repetition(), t.role()))
                        .toList());
    }

    private static Map<String, String> hostFacts() {
        TreeMap<String, String> facts = new TreeMap<>();
        Stream.of("os.name", "os.version", "os.arch", "java.version", "java.vendor")
                .forEach(key -> facts.put(key, System.getProperty(key, "unknown")));
        return facts;
    }

    private static CellFacts facts(Cell cell, Device device) {
        return new CellFacts(
                cell.fingerprint(),
                cell.device(),
                device.serial(),
                device.platform(),
                device.virtual(),
                cell.model().name(),
                cell.model().sha256(),
                cell.model().synthetic().isPresent(),
                cell.engine(),
                cell.bundleSha256(),
                cell.workload(),
                cell.asked(),
                cell.script().canonicalJson());
    }
}
