package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.core.home.Home;
import dev.melt.core.report.Pseudonyms;
import dev.melt.core.report.ReportOptions;
import dev.melt.core.report.ReportWriter;
import dev.melt.core.report.ReportWriters;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SqliteRunStore;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt export}: a run as files for other programs. */
@Command(
        description = {
            "",
            "Writes trials, turns, events, samples and metrics as one table each, with a dictionary of their columns."
                    + " Serial numbers and addresses are replaced by pseudonyms that stay the same for this home."
        },
        footer = {"  melt export csv 20261120-1906-k7q2 -o tables", "  melt export jsonl k7q2 -o tables --force"})
public final class ExportCommand implements MeltCommand {
    @Parameters(index = "0", paramLabel = "FORMAT", description = "csv or jsonl")
    private String format = "";

    @Parameters(index = "1", paramLabel = "RUN", description = "an id of 'melt runs', its beginning or its last four")
    private String run = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "the folder to write into")
    private String folder = "";

    @Option(names = "--force", description = "replace files that are there")
    private boolean force;

    @Option(names = "--identifiers", description = "show serial numbers and addresses as they are")
    private boolean identifiers;

    @Override
    public ExitCode run(Session session) {
        ReportWriter writer = ReportWriters.named(format);
        Path target = session.path("--output", folder);
        Home home = session.openHome();
        Pseudonyms pseudonyms = identifiers ? Pseudonyms.NONE : Pseudonyms.of(home);
        try (RunStore store = SqliteRunStore.open(home, Clock.systemUTC())) {
            writer.write(store, store.run(run).id(), target, new ReportOptions(pseudonyms, force))
                    .forEach(session.out()::println);
        }
        return ExitCode.DONE;
    }
}
