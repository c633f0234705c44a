package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.ByteMeter;
import dev.melt.core.bundle.BundleDeclaration;
import dev.melt.core.bundle.BundleFinding;
import dev.melt.core.bundle.BundleFolder;
import dev.melt.core.bundle.BundleGuess;
import dev.melt.core.bundle.BundleInspection;
import dev.melt.core.bundle.BundleRegistry;
import dev.melt.core.bundle.DescribedBundle;
import dev.melt.core.bundle.VersionProbe;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt bundles add}. */
@Command(
        description = {
            "",
            "The folder says in bundle.yaml what it is. Where there is none, a template is printed, made from what is seen"
                    + " in the folder; with --engine it is written there and used. A bundle that cannot run where it is"
                    + " meant for is refused. Adding the same build again changes nothing."
        },
        footer = {
            "  melt bundles add llama.cpp/build/bin",
            "  melt bundles add build/bin --engine llama.cpp --engine-version b4748 --name llama-b4748",
            "  melt bundles add install-android --engine llama.cpp --engine-version b9821"
        })
public final class BundlesAddCommand implements MeltCommand {
    @Parameters(paramLabel = "DIR", description = "the folder with the build")
    private String given = "";

    @Option(names = "--name", paramLabel = "NAME", description = "what to call it (default: as bundle.yaml says)")
    private Optional<String> name = Optional.empty();

    @Option(names = "--engine", paramLabel = "ENGINE", description = "write bundle.yaml for this engine")
    private Optional<String> engine = Optional.empty();

    @Option(
            names = "--engine-version",
            paramLabel = "VERSION",
            description = "for the bundle.yaml (default: what a program says)")
    private Optional<String> version = Optional.empty();

    @Option(names = "--abi", paramLabel = "ABI", description = "for the bundle.yaml (default: what the files say)")
    private Optional<String> abi = Optional.empty();

    @Option(names = "--backend", paramLabel = "BACKEND", description = "for the bundle.yaml: cpu, gpu or npu")
    private Optional<String> backend = Optional.empty();

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) throws IOException, InterruptedException {
        Path folder = session.path("DIR", given);
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    folder.toString(),
                    "a folder with a build of an engine expected",
                    "there is none",
                    "check the path");
        }
        declare(session, folder);
        BundleRegistry.Added added = add(session, read(session, folder));
        session.say(
                added.wasThere()
                        ? "it is here already"
                        : "added; use it with --bundle "
                                + added.bundle().bundle().name());
        BundleDetails.of(added.bundle().bundle(), Optional.empty()).print(session, output.json());
        return ExitCode.DONE;
    }

    private void declare(Session session, Path folder) throws IOException, InterruptedException {
        boolean asked = Stream.of(engine, version, abi, backend).anyMatch(Optional::isPresent);
        Path file = folder.resolve(BundleDeclaration.FILE);
        if (BundleFolder.isDeclared(folder)) {
            if (asked) {
                throw new InvalidInputException(
                        file.toString(),
                        "no other word on engine, version, abi or backend than the file's expected",
                        "options given for them",
                        "leave them out, or correct the file");
            }
            return;
        }
        BundleGuess guess = BundleGuess.of(folder).with(engine, version, abi, backend);
        if (engine.isPresent() && guess.isComplete()) {
            Files.writeString(file, guess.yaml());
            session.say("wrote " + file);
            return;
        }
        session.err().print(guess.yaml());
        throw new InvalidInputException(
                folder.toString(),
                "a " + BundleDeclaration.FILE + " that says what it is expected",
                guess.isComplete() ? "there is none" : "there is none, and " + guess.unknown() + " cannot be seen",
                "write the text above into it with what is missing filled in, or use --engine"
                        + (guess.isComplete() ? "" : " and " + guess.remedy()));
    }

    private DescribedBundle read(Session session, Path folder) throws InterruptedException {
        DescribedBundle described;
        try (ByteMeter meter = new ByteMeter(session, "reading " + given)) {
            described = BundleFolder.read(folder, session.configs(), meter);
        }
        Optional<VersionProbe.Answer> says = VersionProbe.USUAL.ask(described.bundle());
        BundleInspection inspection = BundleInspection.of(described).withVersion(described.bundle(), says);
        for (BundleFinding finding : inspection.findings()) {
            if (!finding.isFault()) {
                session.say(finding.file() + ": " + finding.finding());
            }
        }
        inspection.faults().stream().findFirst().ifPresent(fault -> {
            int more = inspection.faults().size() - 1;
            throw new InvalidInputException(
                    "bundle " + folder + " file " + fault.file(),
                    "a file that " + described.bundle().abi() + " can run expected",
                    fault.finding()
                            + (more == 0
                                    ? ""
                                    : " (and " + more + " more, 'melt bundles inspect " + given + "' lists them)"),
                    fault.advice());
        });
        return described;
    }

    private BundleRegistry.Added add(Session session, DescribedBundle described) {
        session.openHome();
        name.filter(wanted -> !wanted.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}"))
                .ifPresent(wanted -> {
                    throw new InvalidInputException(
                            "--name '" + wanted + "'",
                            "1 to 100 letters, digits, '.', '_', '+' and '-' expected",
                            "something else found",
                            "choose a plain name");
                });
        try (ByteMeter meter = new ByteMeter(session, "copying")) {
            return session.bundles().add(name.map(described::named).orElse(described), meter);
        }
    }
}
