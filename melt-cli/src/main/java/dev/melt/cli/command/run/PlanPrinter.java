package dev.melt.cli.command.run;

import dev.melt.core.agent.ShellQuoting;
import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.model.ModelReference;
import dev.melt.core.problem.PlainText;
import dev.melt.core.run.Cell;
import dev.melt.core.run.Protocol;
import dev.melt.core.run.RunPlan;
import dev.melt.core.run.RunPlanner;
import dev.melt.core.run.RunRequest;
import dev.melt.core.workload.Workload;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what would be done. */
final class PlanPrinter {
    private final PrintStream out;

    PlanPrinter(PrintStream out) {
        this.out = out;
    }

    /** The cells and how their trials would be run. */
    void matrix(List<RunRequest> requests, RunPlanner.Matrix matrix, Engines engines, Map<String, List<String>> sweep) {
        requests.forEach(request -> matrix(request, matrix, engines.named(request.engine()), sweep));
        line("nothing was made and no device was touched");
    }

    private void matrix(
            RunRequest request, RunPlanner.Matrix matrix, EngineAdapter engine, Map<String, List<String>> sweep) {
        Protocol protocol = request.protocol();
        int ways = sweep.values().stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
        int cells = matrix.models().size() * matrix.workloads().size() * ways;
        int each = protocol.warmups() + protocol.trials() + (protocol.profile() ? 1 : 0);
        line("device " + request.device() + ", engine " + engine.name() + " (" + engine.describe() + ")");
        line(cells + (cells == 1 ? " cell, " : " cells, ") + cells * each + " trials: of each cell "
                + protocol.warmups()
                + " uncounted, " + protocol.trials() + " measured"
                + (protocol.profile() ? ", 1 with timed operators" : "")
                + "; order by seed " + protocol.seed());
        for (RunPlanner.Matrix.Entry model : matrix.models()) {
            for (Workload workload : matrix.workloads()) {
                line("  " + describe(model.found()) + ", " + workload.name() + ": " + workload.summary());
            }
        }
        sweep.forEach((setting, values) -> line("  sweep " + setting + "=" + String.join(",", values)));
        request.settings().byKey().forEach((key, value) -> line("  set " + key + "=" + value));
    }

    private static String describe(ModelReference model) {
        return model.name() + (model instanceof ModelReference.ToSynthesise ? " (synthetic, to be made)" : "");
    }

    /** The engine's command of each cell, as it would be run in the trial's folder, with the files that it reads there. */
    void commands(RunPlan plan, Engines engines, Device device) {
        for (Cell cell : plan.cells()) {
            EngineAdapter engine = engines.named(cell.engine());
            Bundle bundle = engines.bundle(engine, device, Optional.of(cell.bundleSha256()));
            Invocation invocation = engine.invocation(
                    new EngineJob(cell.model(), bundle, cell.settings(), cell.script(), false),
                    device,
                    new Placement(cell.model().path().toString(), folder(bundle)));
            line("# " + cell.label()
                    + (bundle.files().isEmpty()
                            ? "; its engine is on the device and reads these files there"
                            : "; to be pasted in an empty folder"));
            invocation
                    .inputs()
                    .forEach((name, content) -> out.println(PlainText.lines(
                            "printf %s " + ShellQuoting.quote(content) + " >" + ShellQuoting.quote(name))));
            StringBuilder command = new StringBuilder();
            invocation
                    .environment()
                    .forEach((key, value) -> command.append(key)
                            .append('=')
                            .append(ShellQuoting.quote(value))
                            .append(' '));
            line(command + ShellQuoting.quote(invocation.command()));
        }
    }

    private static String folder(Bundle bundle) {
        return bundle.files().isEmpty() ? "" : bundle.hostFolder().toString();
    }

    private void line(String text) {
        out.println(PlainText.oneLine(text));
    }
}
