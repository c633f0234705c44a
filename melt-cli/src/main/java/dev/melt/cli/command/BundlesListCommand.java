package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Listing;
import dev.melt.core.bundle.BundleRegistry;
import dev.melt.core.bundle.DescribedBundle;
import dev.melt.core.engine.Bundle;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code melt bundles list}. */
@Command(
        description = {
            "",
            "One is chosen with 'melt run --bundle NAME', or by itself where it is the only one that fits."
        },
        footer = {"  melt bundles list", "  melt bundles list --json"})
public final class BundlesListCommand implements MeltCommand {
    private static final Listing<Bundle> LISTING = new Listing<Bundle>()
            .words("name", Bundle::name)
            .words("engine", Bundle::engine)
            .words("version", Bundle::version)
            .words("abi", Bundle::abi)
            .words("backend", Bundle::backend)
            .figures("files", bundle -> Optional.of(bundle.files().size()), String::valueOf)
            .tableOnly("hash", bundle -> bundle.sha256().substring(0, 12))
            .jsonOnly("sha256", Bundle::sha256);

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        BundleRegistry.Listing listing = session.bundles().list();
        LISTING.print(
                session,
                listing.bundles().stream().map(DescribedBundle::bundle).toList(),
                output.json(),
                "no bundle is here; 'melt bundles add DIR' adds one");
        listing.faults().forEach(fault -> session.err().println("melt: left out " + fault.message()));
        return ExitCode.DONE;
    }
}
