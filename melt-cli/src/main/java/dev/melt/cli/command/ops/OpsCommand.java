package dev.melt.cli.command.ops;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.PlainText;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SqliteRunStore;
import dev.melt.engines.opprofile.ProfileLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt ops}: how long each operator took, of a run or of saved output. */
@Command(
        description = {
            "",
            "Merges the calls of operators, warm-up, prefill and decode apart; shares are total over total. Of a run it"
                    + " takes what '--per-op' recorded, of a file an engine's per-op log; see"
                    + " docs/reference/per-op-profiles.md."
        },
        footer = {
            "  melt ops k7q2",
            "  melt ops @latest --by module --csv modules.csv",
            "  melt ops perop.log --kind llama.cpp --chart ops.svg",
            "  melt ops perop.log --by call --json"
        })
public final class OpsCommand implements MeltCommand {
    @Parameters(
            index = "0",
            paramLabel = "RUN|FILE",
            description = "id of a run, its beginning, its last four characters, or @latest; or a file")
    private String subject = "";

    @Option(
            names = "--kind",
            paramLabel = "ENGINE",
            description = "of a file: llama.cpp or mlc-llm (default: what it looks like)")
    private Optional<String> kind = Optional.empty();

    @Option(
            names = "--by",
            paramLabel = "ROWS",
            description =
                    "op (the default), module (place in the graph), function, call (not merged), or summary (what the"
                            + " engine itself summed up)")
    private String by = "op";

    @Option(names = "--merge-phases", description = "merge warm-up, prefill and decode too")
    private boolean mergePhases;

    @Option(names = "--csv", paramLabel = "FILE", description = "write the rows as CSV too; - is standard output")
    private Optional<String> csv = Optional.empty();

    @Option(names = "--chart", paramLabel = "FILE", description = "draw the shares too, as .svg, .png or .pdf")
    private Optional<String> chart = Optional.empty();

    @Option(names = "--force", description = "replace files that are there")
    private boolean force;

    @Option(names = "--json", description = "write JSON for programs instead of tables")
    private boolean json;

    @Override
    public ExitCode run(Session session) throws IOException {
        Optional<ProfileLog> log = kind.map(ProfileLog::named);
        Path file = session.path("RUN|FILE", subject);
        try (Outputs outputs = new Outputs(session, wanted(session))) {
            if (log.isPresent() || Files.exists(file)) {
                return outputs.write(new FileSource(file, log));
            }
            try (RunStore store = SqliteRunStore.open(session.openHome(), Clock.systemUTC())) {
                return outputs.write(new RunSource(store, store.run(subject)));
            }
        } catch (UnknownOutputException e) {
            session.out().flush();
            session.err().println(PlainText.oneLine("melt: " + subject + ": " + e.getMessage()));
            return ExitCode.NOTHING_USABLE;
        }
    }

    private Wanted wanted(Session session) {
        View view = View.named(by);
        boolean named = csv.isPresent() && !csv.get().equals("-");
        return new Wanted(
                view,
                !mergePhases,
                json,
                csv.filter(given -> named).map(given -> session.path("--csv", given)),
                // calls as a table would all have to be in memory before its widths are known
                csv.isPresent() ? !named : view == View.CALL && !json,
                chart.map(given -> session.path("--chart", given)),
                force);
    }
}
