package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.Listing;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.store.CellFacts;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.SqliteRunStore;
import dev.melt.core.store.StoredCell;
import dev.melt.core.store.StoredRun;
import dev.melt.core.store.StoredTrial;
import java.nio.file.Files;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code melt runs}: what the store holds, newest first. */
@Command(footer = {"  melt runs", "  melt runs --json"})
public final class RunsCommand implements MeltCommand {
    /** A run with what its cells and trials add. */
    private record Row(StoredRun run, List<CellFacts> cells, List<StoredTrial> trials) {
        static Row of(RunStore store, StoredRun run) {
            List<CellFacts> cells =
                    store.cells(run.id()).stream().map(StoredCell::facts).toList();
            return new Row(run, cells, store.trials(run.id()));
        }

        String each(Function<CellFacts, String> fact) {
            return cells.stream().map(fact).distinct().collect(Collectors.joining(", "));
        }

        String models() {
            return each(cell -> cell.modelSynthetic() ? cell.model() + " (synthetic)" : cell.model());
        }

        long ok() {
            return trials.stream()
                    .filter(trial -> trial.outcome().filter(Outcome.OK::equals).isPresent())
                    .count();
        }

        long finished() {
            return trials.stream().filter(StoredTrial::finished).count();
        }
    }

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private static final Listing<Row> LISTING = new Listing<Row>()
            .words("id", row -> row.run().id())
            .jsonOnly("created_at", row -> row.run().createdAt().toString())
            .tableOnly("created", row -> MINUTE.format(row.run().createdAt()))
            .words("state", row -> row.run().state().name().toLowerCase(Locale.ROOT))
            .tableOnly("trials ok", row -> row.ok() + " of " + row.trials().size())
            .jsonOnly("trials", row -> row.trials().size())
            .jsonOnly("trials_finished", Row::finished)
            .jsonOnly("trials_ok", Row::ok)
            .words("device", row -> row.each(CellFacts::device))
            .words("model", Row::models)
            .words("workload", row -> row.each(CellFacts::workload))
            .jsonOnly("command_line", row -> row.run().commandLine());

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) {
        LISTING.print(session, rows(session), output.json(), "no run yet; 'melt run --device local' makes one");
        return ExitCode.DONE;
    }

    private static List<Row> rows(Session session) {
        if (!Files.exists(session.home().resolve("melt.db"))) {
            return List.of(); // looking must not make a store
        }
        try (RunStore store = SqliteRunStore.open(session.openHome(), Clock.systemUTC())) {
            return store.runs().stream().map(run -> Row.of(store, run)).toList();
        }
    }
}
