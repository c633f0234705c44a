package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.core.bundle.BundleFolder;
import dev.melt.core.bundle.BundleInspection;
import dev.melt.core.bundle.DescribedBundle;
import dev.melt.core.bundle.VersionProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code melt bundles inspect}: whether a bundle can run where it is meant for. */
@Command(
        description = {
            "",
            "Reads the headers of its programs and libraries: processor, loader, shared libraries that are missing,"
                    + " executable bits. Where this host can run it, a program is asked for its version. Ends with 1 when"
                    + " something is wrong."
        },
        footer = {"  melt bundles inspect llama-b4748", "  melt bundles inspect build/bin --json"})
public final class BundlesInspectCommand implements MeltCommand {
    @Parameters(paramLabel = "NAME|DIR", description = "a bundle that is here, or a folder with a bundle.yaml")
    private String given = "";

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) throws InterruptedException {
        DescribedBundle described = described(session);
        Optional<VersionProbe.Answer> version = VersionProbe.USUAL.ask(described.bundle());
        BundleInspection inspection = BundleInspection.of(described).withVersion(described.bundle(), version);
        BundleDetails.print(session, described, inspection, version, output.json());
        return inspection.faults().isEmpty() ? ExitCode.DONE : ExitCode.NOTHING_USABLE;
    }

    private DescribedBundle described(Session session) {
        boolean path = given.contains("/") || given.equals(".") || given.equals("..");
        Path folder = session.path("DIR", given);
        if (!path && !(Files.isDirectory(folder) && BundleFolder.isDeclared(folder))) {
            return session.bundles().named(given);
        }
        try (ByteMeter meter = new ByteMeter(session, "reading " + given)) {
            return BundleFolder.read(folder, session.configs(), meter);
        }
    }
}
