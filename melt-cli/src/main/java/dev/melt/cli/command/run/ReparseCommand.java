package dev.melt.cli.command.run;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.core.home.RunClaim;
import dev.melt.core.run.Reparse;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code melt reparse}: computes a run's figures again. */
@Command(
        description = {
            "",
            "Reads the raw files that were kept and replaces events, samples, figures and warnings in the store by what"
                    + " today's parsers and formulas make of them. Touches no device."
        },
        footer = {"  melt reparse k7q2"})
public final class ReparseCommand implements MeltCommand {
    @Mixin
    private RunReference reference = new RunReference();

    @Override
    @SuppressWarnings("try") // the claim is held, not used
    public ExitCode run(Session session) {
        Workbench bench = Workbench.of(session);
        try (RunStore store = bench.openStore()) {
            StoredRun run = store.run(reference.id());
            List<String> done;
            try (RunClaim claim = bench.home().claim(run.id())) {
                done = new Reparse(bench.home(), store, bench.engines()).run(run);
            }
            session.out().println("run " + run.id() + ": " + done.size() + " trials computed again");
            return done.isEmpty() ? ExitCode.NOTHING_USABLE : ExitCode.DONE;
        }
    }
}
