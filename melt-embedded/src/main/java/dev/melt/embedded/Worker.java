package dev.melt.embedded;

import dev.melt.embedded.llama.LlamaException;
import dev.melt.embedded.llama.LlamaLibrary;
import dev.melt.embedded.llama.NativeFiles;
import dev.melt.embedded.llama.OperatorTrace;
import dev.melt.embedded.llama.StopFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** Runs one request to its end and tells in the event file how it went. */
final class Worker {
    private final Path requestFile;
    private final Path nativeFolder;
    private final EventLines lines;

    Worker(Path requestFile, Path nativeFolder, EventLines lines) {
        this.requestFile = requestFile;
        this.nativeFolder = nativeFolder;
        this.lines = lines;
    }

    /** The exit code. Whatever fails inside becomes an error line: this is the boundary of the trial. */
    @SuppressWarnings("CatchAndPrintStackTrace") // a fault of the worker itself belongs into its kept stderr
    int run() {
        try {
            return run(RequestReader.read(requestFile));
        } catch (WorkerException e) {
            return fail(e.kind(), e.problem(), e.kind().exitCode());
        } catch (UncheckedIOException e) {
            System.err.println("events: " + e.getMessage());
            return ErrorKind.INTERNAL.exitCode();
        } catch (RuntimeException e) {
            e.printStackTrace();
            return fail(ErrorKind.INTERNAL, String.valueOf(e), ErrorKind.INTERNAL.exitCode());
        } catch (OutOfMemoryError e) {
            return fail(ErrorKind.OUT_OF_MEMORY, "worker: " + e.getMessage(), ErrorKind.OUT_OF_MEMORY.exitCode());
        }
    }

    private int run(Request request) {
        ModelFile.checkedSize(request.model());
        try (LlamaLibrary library = LlamaLibrary.open(NativeFiles.in(nativeFolder))) {
            StopFlag stop = new StopFlag();
            StopSignals signals = StopSignals.raising(stop);
            try {
                return run(request, library, stop);
            } catch (LlamaException e) {
                ErrorKind kind = ErrorKind.of(e.reason());
                int exitCode = kind == ErrorKind.INTERRUPTED ? signals.exitCode() : kind.exitCode();
                return fail(kind, String.valueOf(e.getMessage()), exitCode);
            }
        } catch (LlamaException e) {
            ErrorKind kind = ErrorKind.of(e.reason());
            return fail(kind, String.valueOf(e.getMessage()), kind.exitCode());
        }
    }

    private int run(Request request, LlamaLibrary library, StopFlag stop) {
        DeviceClock clock = new DeviceClock();
        long startedNanos = clock.nanos();
        StartEvents start = new StartEvents(lines);
        Optional<OperatorTrace> trace = request.perOp() ? Optional.of(new OperatorTrace(clock)) : Optional.empty();
        Engine loaded;
        try {
            loaded = Engine.load(library, request, clock, stop, trace);
        } catch (RuntimeException e) {
            start.engine(clock, startedNanos, library, Optional.empty(), request);
            throw e;
        }
        try (Engine engine = loaded) {
            start.engine(clock, startedNanos, library, Optional.of(engine), request);
            start.load(engine.figures());
            start.model(engine.model());
            start.memory(engine, request.settings(), library.log());
            lines.flush();
            Trial trial = new Trial(request, engine, lines, clock, stop, trace);
            trial.run();
            QuestionRunner questions = new QuestionRunner(request, engine, lines, clock, stop);
            questions.run();
            request.text()
                    .ifPresent(text ->
                            new TextRunner(library, request.settings(), text, engine, lines, clock, stop).run());
            int errors = trial.errors() + questions.errors();
            boolean usable = trial.done() + questions.done() > 0 || errors == 0;
            lines.line("end").flag("ok", usable).number("errors", errors).end();
            lines.flush();
            return usable ? 0 : ErrorKind.PROMPT_TOO_LONG.exitCode();
        }
    }

    private int fail(ErrorKind kind, String message, int exitCode) {
        System.err.println(kind.label() + ": " + message);
        lines.line("error").text("kind", kind.label()).text("message", message).end();
        lines.line("end").flag("ok", false).end();
        lines.flush();
        return exitCode;
    }

    static int run(Path request, Path events, Path nativeFolder) {
        try (EventLines lines = new EventLines(events)) {
            return new Worker(request, nativeFolder, lines).run();
        } catch (IOException | UncheckedIOException e) {
            System.err.println(events + ": events cannot be written: " + e);
            return ErrorKind.BAD_OPTION.exitCode();
        }
    }
}
