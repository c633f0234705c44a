package dev.melt.cli.command.run;

import dev.melt.cli.ExitCode;
import dev.melt.cli.InterruptGuard;
import dev.melt.cli.Session;
import dev.melt.cli.text.JsonOut;
import dev.melt.core.home.FileProblems;
import dev.melt.core.home.RunClaim;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.outcome.Warning;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.run.PlanJson;
import dev.melt.core.run.RunProgress;
import dev.melt.core.run.RunResults;
import dev.melt.core.run.Runner;
import dev.melt.core.run.StopSignal;
import dev.melt.core.store.RunStore;
import dev.melt.core.store.StoredRun;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Carries out a stored run for a command, shows it while it goes on, and prints what it came to. */
final class RunExecution {
    private static final Duration TIME_TO_STOP = Duration.ofMinutes(2);

    private final Session session;
    private final Workbench bench;
    private final RunStore store;
    private final Optional<String> eventsFile;
    private final boolean json;

    /**
     * For one run.
     *
     * @param eventsFile where progress is written as JSON lines; {@code -} is standard output
     */
    RunExecution(Session session, Workbench bench, RunStore store, Optional<String> eventsFile, boolean json) {
        this.session = session;
        this.bench = bench;
        this.store = store;
        this.eventsFile = eventsFile;
        this.json = json;
    }

    @SuppressWarnings("try") // the claim is held, not used
    ExitCode execute(StoredRun run) throws IOException, InterruptedException {
        StopSignal stop = new StopSignal();
        try (RunClaim claim = bench.home().claim(run.id());
                PrintStream events = openEvents()) {
            RunProgress.Listener listener = listener(events);
            Runner runner =
                    new Runner(bench.home(), store, bench.engines(), bench.devices(), bench.clock(), stop, listener);
            return InterruptGuard.during(TIME_TO_STOP, stop::raise, () -> finish(run, runner, stop));
        }
    }

    private ExitCode finish(StoredRun run, Runner runner, StopSignal stop) {
        Map<Outcome, Integer> outcomes = runner.run(run, PlanJson.read(run.id(), run.planJson()));
        RunResults results = RunResults.of(store, store.run(run.id()));
        print(results);
        return exitCode(stop, outcomes, results);
    }

    /** Refuses a place where progress cannot be written, before anything is made. */
    static void checkEvents(Session session, Optional<String> given) {
        if (given.isEmpty() || given.get().equals("-")) {
            return;
        }
        Path file = session.path("--events", given.get());
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new InvalidInputException(
                    "--events " + file,
                    "a file in a folder that is there expected",
                    Files.isDirectory(file) ? "it is a folder itself" : "no such folder",
                    "make it first, or name another");
        }
        if (!FileProblems.isWritable(Files.exists(file) ? file : folder)) {
            throw new InvalidInputException(
                    "--events " + file, "a file that can be written expected", "it is read-only", "name another");
        }
    }

    private PrintStream openEvents() throws IOException {
        if (eventsFile.isEmpty()) {
            return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        }
        if (eventsFile.get().equals("-")) {
            return new PrintStream(new Unclosed(session.out()), true, StandardCharsets.UTF_8);
        }
        checkEvents(session, eventsFile);
        Path file = session.path("--events", eventsFile.get());
        return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
    }

    private RunProgress.Listener listener(PrintStream events) {
        RunProgress.Listener lines = session.quiet()
                ? ProgressLines.SILENT
                : new ProgressLines(session.err(), session.progressTerminal().interactive());
        RunProgress.Listener written =
                eventsFile.isPresent() ? new ProgressEvents(events, bench.clock()) : ProgressLines.SILENT;
        return progress -> {
            lines.happened(progress);
            written.happened(progress);
        };
    }

    private void print(RunResults results) {
        if (json) {
            JsonOut.print(session.out(), ResultJson.of(store, results));
            return;
        }
        if (eventsFile.filter("-"::equals).isPresent()) {
            return;
        }
        String id = results.run().id();
        new ResultTable(session, store, false).print(results);
        session.out().println("run " + id);
        session.out()
                .println("next: melt show " + id + "   melt explain " + id + "   melt export csv " + id + " -o DIR");
    }

    static ExitCode exitCode(StopSignal stop, Map<Outcome, Integer> outcomes, RunResults results) {
        if (stop.isRaised()) {
            return ExitCode.INTERRUPTED;
        }
        if (!outcomes.containsKey(Outcome.OK)) {
            return ExitCode.NOTHING_USABLE;
        }
        boolean invalid = results.cells().stream()
                .flatMap(cell -> cell.warnings().stream())
                .map(Warning::validity)
                .anyMatch(validity -> validity.forbidsQuoting());
        return outcomes.size() > 1 || invalid ? ExitCode.PARTLY_FAILED : ExitCode.DONE;
    }

    /** Passes everything on and stays open. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
