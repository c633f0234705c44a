package dev.melt.cli.command.run;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.JsonOut;
import dev.melt.core.run.RunResults;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt show}: what a run came to. */
@Command(
        description = {
            "",
            "Medians over the measured trials with 95 %% bootstrap intervals; see docs/reference/metrics.md."
        },
        footer = {"  melt show k7q2", "  melt show k7q2 --all", "  melt show k7q2 --json"})
public final class ShowCommand implements MeltCommand {
    @Mixin
    private RunReference reference = new RunReference();

    @Option(names = "--all", description = "every figure, with what it rests on, and how each channel was read")
    private boolean all;

    @Option(names = "--json", description = "write JSON for programs instead of tables")
    private boolean json;

    @Override
    public ExitCode run(Session session) {
        Workbench bench = Workbench.of(session);
        try (RunStore store = bench.openStore()) {
            StoredRun run = store.run(reference.id());
            RunResults results = RunResults.of(store, run);
            if (json) {
                JsonOut.print(session.out(), ResultJson.of(store, results));
            } else {
                session.out()
                        .println("run " + run.id() + ", " + run.createdAt() + ", "
                                + run.state().name().toLowerCase(Locale.ROOT) + ", MELT "
                                + run.toolVersion() + " "
                                + run.gitCommit().orElse("") + (run.gitDirty() ? " (dirty)" : ""));
                new ResultTable(session, store, all).print(results);
            }
            return ExitCode.DONE;
        }
    }
}
