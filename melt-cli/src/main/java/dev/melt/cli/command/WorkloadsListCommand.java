package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Listing;
import dev.melt.core.workload.Workload;
import dev.melt.core.workload.Workloads;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code melt workloads list}. */
@Command(
        description = {
            "",
            "Beside these, patterns name workloads without a file: pp512-tg128, depth-0,512:pp64-tg32, sustained-10min."
        },
        footer = {"  melt workloads list", "  melt workloads list --json"})
public final class WorkloadsListCommand implements MeltCommand {
    private static final Listing<Workloads.Listing> LISTING = new Listing<Workloads.Listing>()
            .words("name", Workloads.Listing::name)
            .figures("cells", listed -> Optional.of(listed.workload().expand().size()), String::valueOf)
            .figures("turns", listed -> turns(listed.workload()), String::valueOf)
            .words("asks", listed -> listed.workload().summary())
            .words("about", Workloads.Listing::about)
            .jsonOnly("source", Workloads.Listing::source);

    @Mixin
    private JsonOption output = new JsonOption();

    private static Optional<Integer> turns(Workload workload) {
        return workload.script().totalTurns().stream().boxed().findFirst();
    }

    @Override
    public ExitCode run(Session session) {
        LISTING.print(session, new Workloads(session.configs()).list(), output.json(), "there is no workload");
        return ExitCode.DONE;
    }
}
