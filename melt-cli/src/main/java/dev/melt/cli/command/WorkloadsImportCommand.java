package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.core.config.ConfigKind;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.workload.MeltConversationImport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt workloads import}: takes over a conversations.json. */
@Command(
        description = {
            "",
            "The file is an array of conversations, each an array of prompts. It becomes a workload in MELT's home that"
                    + " 'melt run --workload NAME' knows."
        },
        footer = {
            "  melt workloads import conversations.json",
            "  melt workloads import c.json --name ours --generate 64"
        })
public final class WorkloadsImportCommand implements MeltCommand {
    @Parameters(paramLabel = "FILE", description = "such as conversations.json")
    private String given = "";

    @Option(names = "--name", paramLabel = "NAME", description = "of the workload (default: as the file is called)")
    private Optional<String> name = Optional.empty();

    @Option(names = "--generate", paramLabel = "TOKENS", description = "for each answer (default: 128)")
    private int generate = 128;

    @Option(names = "--force", description = "replace a workload of that name")
    private boolean force;

    @Override
    public ExitCode run(Session session) {
        Path json = session.path("FILE", given);
        String workload =
                name.orElseGet(() -> String.valueOf(json.getFileName()).replaceFirst("\\.json$", ""));
        Path yaml = target(session, workload);
        MeltConversationImport.Imported imported = MeltConversationImport.run(json, yaml, generate);
        session.say("took over " + imported.conversations() + " conversations with " + imported.prompts()
                + " prompts; 'melt workloads show " + workload + "' shows them");
        session.out().println(imported.file());
        return ExitCode.DONE;
    }

    private Path target(Session session, String workload) {
        if (!workload.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new InvalidInputException(
                    "workload name '" + workload + "'",
                    "1 to 100 letters, digits, '.', '_' and '-' needed",
                    "something else found",
                    "give one with --name");
        }
        Path folder = session.openHome().root().resolve("configs").resolve(ConfigKind.WORKLOADS.folder());
        Path yaml = folder.resolve(workload + ".yaml");
        if (Files.exists(yaml) && !force) {
            throw new InvalidInputException(
                    "workload " + workload,
                    "a free name needed",
                    yaml + " is there already",
                    "give another with --name, or replace it with --force");
        }
        return yaml;
    }
}
