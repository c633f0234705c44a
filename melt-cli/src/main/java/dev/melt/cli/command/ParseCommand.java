package dev.melt.cli.command;

import dev.melt.cli.ExitCode;
import dev.melt.cli.MeltCommand;
import dev.melt.cli.Session;
import dev.melt.cli.text.JsonOut;
import dev.melt.cli.text.Listing;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.Engines;
import dev.melt.core.engine.OversizeOutputException;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.outcome.Outcome;
import dev.melt.core.parse.Parsed;
import dev.melt.core.parse.ParsedJson;
import dev.melt.core.parse.ParsedRun;
import dev.melt.core.parse.SavedFormat;
import dev.melt.core.parse.SavedFormats;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code melt parse}: one adapter over one saved file. */
@Command(
        description = {
            "",
            "Reads what an engine or a telemetry source printed, with the code that reads a run. Output that is not known or"
                    + " is cut off gives no figures."
        },
        footer = {
            "  melt parse --list",
            "  melt parse llama.cpp bench.txt",
            "  melt parse events events.jsonl --json",
            "  adb logcat -d | melt parse mnn - --json"
        })
public final class ParseCommand implements MeltCommand {
    private static final Listing<SavedFormat> FORMATS =
            new Listing<SavedFormat>().words("kind", SavedFormat::kind).words("about", SavedFormat::describe);

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "what wrote it, as --list shows")
    private @Nullable String kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "a saved file, a folder that a trial left, or - for standard input")
    private @Nullable String file;

    @Option(names = "--list", description = "list the kinds")
    private boolean list;

    @Mixin
    private JsonOption output = new JsonOption();

    @Override
    public ExitCode run(Session session) throws IOException {
        SavedFormats formats = SavedFormats.installed(Engines.installed(Bundles.NONE, session.configs()));
        if (list) {
            FORMATS.print(session, formats.all(), output.json(), "");
            return ExitCode.DONE;
        }
        SavedFormat format = formats.named(given("KIND", kind));
        try (SavedInput input = SavedInput.of(session, given("FILE", file))) {
            return read(session, format, input);
        }
    }

    private static String given(String label, @Nullable String value) {
        if (value == null) {
            throw new InvalidInputException(
                    "melt parse",
                    "KIND and FILE needed",
                    "no " + label + " given",
                    "'melt parse --list' shows the kinds");
        }
        return value;
    }

    private ExitCode read(Session session, SavedFormat format, SavedInput input) {
        Parsed parsed;
        try {
            parsed = format.read(input.file());
        } catch (UnknownOutputException | OversizeOutputException e) {
            if (output.json()) {
                JsonOut.print(session.out(), ParsedJson.unknown(format, String.valueOf(e.getMessage())));
            }
            return complain(session, input, String.valueOf(e.getMessage()), ExitCode.NOTHING_USABLE);
        }
        if (output.json()) {
            JsonOut.print(session.out(), ParsedJson.of(parsed));
        } else {
            new ParsedTable(session).print(parsed);
        }
        return parsed instanceof ParsedRun run ? verdict(session, input, run) : ExitCode.DONE;
    }

    private static ExitCode verdict(Session session, SavedInput input, ParsedRun run) {
        if (run.failure().isEmpty()) {
            return ExitCode.DONE;
        }
        EngineError failure = run.failure().get();
        String outcome = run.outcome() == Outcome.OK ? "" : run.outcome() + ", ";
        return complain(
                session,
                input,
                outcome + failure.kind() + ": " + failure.message(),
                run.hasFigures() ? ExitCode.PARTLY_FAILED : ExitCode.NOTHING_USABLE);
    }

    private static ExitCode complain(Session session, SavedInput input, String message, ExitCode code) {
        session.out().flush();
        session.err().println("melt: " + PlainText.oneLine(input.shown() + ": " + input.unprefixed(message)));
        return code;
    }
}
