package dev.melt.cli.command.run;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code melt resume}: goes on with a run that was interrupted or whose MELT was killed. */
@Command(
        description = {
            "",
            "Takes the results of an engine that is still running or has ended meanwhile, then runs the trials that are"
                    + " left. Finished turns are not run again. A run that is complete is only shown."
        },
        footer = {"  melt resume k7q2", "  melt resume 20261120-1906-k7q2 --json"})
public final class ResumeCommand implements MeltCommand {
    @Mixin
    private RunReference reference = new RunReference();

    @Option(names = "--events", paramLabel = "FILE", description = "write progress as JSON lines; - is standard output")
    private @Nullable String events;

    @Option(names = "--json", description = "write the results as JSON instead of a table")
    private boolean json;

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        Workbench bench = Workbench.of(session);
        try (RunStore store = bench.openStore()) {
            StoredRun run = store.run(reference.id());
            return new RunExecution(session, bench, store, Optional.ofNullable(events), json).execute(run);
        }
    }
}
