package dev.melt.engines.answer;

import static java.util.Objects.requireNonNull;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.PlainText;
import dev.melt.engines.failure.FailureNames;
import dev.melt.engines.span.SpanLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a trial of one or several processes. Figures make a good end; a failure that is known makes a log with its error, which
 * keeps the figures that came before. A prompt that does not fit spoils its turn and no other; everything else spoils the trial.
 * A numbered process without an exit code was stopped from outside. Anything else is refused. Immutable.
 *
 * @param engine what a refusal calls it
 * @param expected what a refusal says was looked for
 * @param failures by which this engine tells of them
 * @param figures reads one process
 */
public record TurnsReading(String engine, String expected, FailureNames failures, FigureReader figures) {
    private static final int QUOTED = 60;

    public TurnsReading {
        requireNonNull(failures, "failures");
        requireNonNull(figures, "figures");
    }

    /** Reads all processes in the order of their turns. */
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return read(ProcessOutput.allOf(output), new EventLogBuilder());
    }

    /** Reads these processes into a log that may hold something already. */
    public EventLog read(List<ProcessOutput> processes, EventLogBuilder log) throws UnknownOutputException {
        SpanLayout spans = new SpanLayout(log);
        Optional<UnknownOutputException> stopped = Optional.empty();
        boolean something = false;
        boolean well = true;
        for (ProcessOutput process : processes) {
            process.number().ifPresent(number -> spans.next(Math.max(number, spans.turns())));
            try {
                well &= one(process, spans, log);
                something = true;
            } catch (UnknownOutputException e) {
                if (process.number().isEmpty() || process.exitCode().isPresent()) {
                    throw e;
                }
                stopped = Optional.of(e);
                well = false;
            }
        }
        if (!something && stopped.isPresent()) {
            throw stopped.get();
        }
        log.ended(well);
        return log.build();
    }

    /** Whether it ended well, but for what only its turn suffers from. */
    private boolean one(ProcessOutput process, SpanLayout spans, EventLogBuilder log) throws UnknownOutputException {
        Optional<Figures> found;
        Optional<EngineError> failure;
        try {
            found = figures.read(process, spans, log);
            failure = found.isPresent()
                    ? after(process, found.get())
                    : ofAll(process).or(() -> silence(process));
        } catch (UnknownOutputException e) {
            found = Optional.empty();
            failure = ofAll(process);
            if (failure.isEmpty()) {
                throw e;
            }
        }
        if (failure.isEmpty()) {
            refuse(process, found);
        }
        failure.ifPresent(error -> log.add(ofItsTurn(error, process)));
        return failure.isPresent()
                ? ofItsTurn(failure.get(), process).turn().isPresent()
                : found.map(Figures::whole).orElse(false);
    }

    private void refuse(ProcessOutput process, Optional<Figures> found) throws UnknownOutputException {
        if (found.isEmpty()) {
            throw new UnknownOutputException(engine + ": " + expected + " expected, " + finding(process));
        }
        if (found.get().missing().isPresent()) {
            throw new UnknownOutputException(
                    engine + ": " + found.get().missing().get() + " expected, the output ends before it");
        }
    }

    /** What a process without figures failed of: its log is asked first, then what it printed beside it, then its exit code. */
    private Optional<EngineError> ofAll(ProcessOutput process) {
        return failures.in(process.err().lines())
                .or(() -> failures.in(process.out().lines()))
                .or(() -> byCode(process));
    }

    /** What happened behind the figures; generated text stands before them and is not asked. */
    private Optional<EngineError> after(ProcessOutput process, Figures found) {
        List<String> lines = process.lines();
        List<String> behind = lines.subList(found.lastLine() + 1, lines.size());
        Optional<EngineError> told = found.failure();
        int code = process.exitCode().orElse(0);
        if (code == 0) {
            boolean asked = process.exitCode().isEmpty() || told.isPresent();
            return (asked ? failures.in(behind) : Optional.<EngineError>empty()).or(() -> told);
        }
        return failures.in(behind).or(() -> failures.in(process.err().lines())).or(() -> byCode(process));
    }

    private Optional<EngineError> byCode(ProcessOutput process) {
        return process.exitCode().isPresent()
                ? failures.ofExitCode(process.exitCode().getAsInt(), process.lines())
                : Optional.empty();
    }

    private Optional<EngineError> silence(ProcessOutput process) {
        return process.exitCode().isPresent()
                ? Optional.of(new EngineError(
                        "no_result",
                        "exit code " + process.exitCode().getAsInt() + " and no figures: " + expected + " expected, "
                                + finding(process),
                        OptionalInt.empty()))
                : Optional.empty();
    }

    private static EngineError ofItsTurn(EngineError error, ProcessOutput process) {
        return error.kind().equals("prompt_too_long")
                ? new EngineError(error.kind(), error.message(), process.number())
                : error;
    }

    private static String finding(ProcessOutput process) {
        List<String> lines =
                process.lines().stream().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty()
                ? "nothing was printed"
                : lines.size() + (lines.size() == 1 ? " line" : " lines") + " found without it, the last '"
                        + PlainText.oneLine(
                                shortened(lines.get(lines.size() - 1).strip())) + "'";
    }

    private static String shortened(String line) {
        return line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "...";
    }
}
