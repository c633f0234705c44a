package dev.melt.cli.command;

import dev.melt.cli.Session;
import dev.melt.cli.text.Details;
import dev.melt.cli.text.Listing;
import dev.melt.core.binary.FileContent;
import dev.melt.core.binary.FileContent.Elf;
import dev.melt.core.binary.FileContent.MachO;
import dev.melt.core.binary.Machine;
import dev.melt.core.bundle.BundleFinding;
import dev.melt.core.bundle.BundleInspection;
import dev.melt.core.bundle.DescribedBundle;
import dev.melt.core.bundle.VersionProbe;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundle.BundleFile;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is shown of a bundle and of what its inspection found. */
final class BundleDetails {
    private BundleDetails() {}

    private static final Listing<BundleFinding> FINDINGS = new Listing<BundleFinding>()
            .words("kind", finding -> finding.kind().name().toLowerCase(Locale.ROOT))
            .words("file", BundleFinding::file)
            .words("finding", BundleFinding::finding)
            .words("advice", BundleFinding::advice);

    static Details of(Bundle bundle, Optional<VersionProbe.Answer> version) {
        Details details = new Details()
                .add("name", bundle.name())
                .add("engine", bundle.engine())
                .add("version", bundle.version())
                .add("abi", bundle.abi())
                .add("backend", bundle.backend())
                .add("sha256", bundle.sha256());
        version.ifPresent(answer -> details.add(
                "program_version", answer.version(), answer.version() + ", as " + answer.program() + " says"));
        bundle.environment().forEach((name, value) -> details.textOnly("environment " + name, value));
        bundle.build().forEach((name, value) -> details.textOnly("build " + name, value));
        return details.jsonOnly("environment", bundle.environment()).jsonOnly("build", bundle.build());
    }

    static void print(
            Session session,
            DescribedBundle described,
            BundleInspection inspection,
            Optional<VersionProbe.Answer> version,
            boolean json) {
        Bundle bundle = described.bundle();
        Listing<BundleFile> files = files(inspection);
        Details details = of(bundle, version);
        if (json) {
            details.jsonOnly("files", files.objects(bundle.files()))
                    .jsonOnly("findings", FINDINGS.objects(inspection.findings()))
                    .print(session, true);
            return;
        }
        details.print(session, false);
        session.out().println();
        files.print(session, bundle.files(), false, "");
        if (!inspection.findings().isEmpty()) {
            session.out().println();
            FINDINGS.print(session, inspection.findings(), false, "");
        }
    }

    private static Listing<BundleFile> files(BundleInspection inspection) {
        return new Listing<BundleFile>()
                .words("file", BundleFile::name)
                .words("what", file -> what(inspection.contents().getOrDefault(file.name(), new FileContent.Data())))
                .words("executable", file -> file.executable() ? "yes" : "no")
                .jsonOnly("sha256", BundleFile::sha256);
    }

    static String what(FileContent content) {
        if (content instanceof Elf elf) {
            return "ELF " + elf.bits() + " " + machine(elf.machine()) + " "
                    + elf.role().name().toLowerCase(Locale.ROOT);
        } else if (content instanceof MachO machO) {
            return "Mach-O "
                    + machO.slices().stream()
                            .map(slice -> machine(slice.machine()) + " "
                                    + slice.role().name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        } else if (content instanceof FileContent.Script script) {
            return "script of " + script.interpreter();
        } else if (content instanceof FileContent.Damaged) {
            return "damaged";
        }
        return "data";
    }

    private static String machine(Optional<Machine> machine) {
        return machine.map(Machine::word).orElse("other");
    }
}
