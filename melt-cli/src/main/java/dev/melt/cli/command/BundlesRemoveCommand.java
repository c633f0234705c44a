package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Bytes;
import dev.melt.core.bundle.BundleRegistry;
import dev.melt.core.bundle.DescribedBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code melt bundles remove}: deletes copies in MELT's home, and never the folder that they came from. */
@Command(
        description = {
            "",
            "Runs that used it stay in the store, but cannot be resumed or parsed again without it. Nothing is removed"
                    + " unless all names are right."
        },
        footer = {"  melt bundles remove llama-b4748"})
public final class BundlesRemoveCommand implements MeltCommand {
    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "as 'melt bundles list' shows, or a hash's beginning")
    private List<String> names = new ArrayList<>();

    @Override
    public ExitCode run(Session session) {
        BundleRegistry registry = session.bundles();
        List<DescribedBundle> doomed =
                names.stream().map(registry::named).distinct().toList();
        long freed = 0;
        for (DescribedBundle bundle : doomed) {
            freed += registry.remove(bundle);
        }
        String removed = doomed.stream().map(b -> b.bundle().name()).collect(Collectors.joining(", "));
        session.say("removed " + removed + ", " + Bytes.text(freed) + " freed");
        return ExitCode.DONE;
    }
}
