package dev.melt.engines.answer;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.PlainText;
import dev.melt.engines.span.SpanLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads a trial of one or several processes. Figures make a good end; a failure that is known makes a log with its error, which
 * keeps the figures that came before; anything else is refused. Immutable.
 *
 * @param engine what a refusal calls it
 * @param expected what a refusal says was looked for
 * @param failures the engine's own words for them
 * @param figures reads one process
 */
public record TurnsReading(String engine, String expected, List<Failure> failures, FigureReader figures) {
    private static final int QUOTED = 60;

    public TurnsReading {
        failures = List.copyOf(failures);
    }

    /** Reads all processes in the order of their turns, up to the first that failed. */
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        EventLogBuilder log = new EventLogBuilder();
        SpanLayout spans = new SpanLayout(log);
        boolean well = true;
        int done = 0;
        for (ProcessOutput process : ProcessOutput.allOf(output)) {
            Optional<Figures> found = figures.read(process, spans, log);
            Optional<EngineError> failure = found.isPresent()
                    ? Failure.after(process, found.get().lastLine())
                    : Failure.of(process, failures).or(() -> silence(process));
            boolean toldToEnd = done > 0 && process.exitCode().isEmpty();
            if (found.isEmpty() && failure.isEmpty() && !toldToEnd) {
                throw unknown(process);
            }
            failure.ifPresent(log::add);
            well = failure.isEmpty() && found.map(Figures::whole).orElse(false);
            if (!well) {
                break;
            }
            done++;
        }
        log.ended(well);
        return log.build();
    }

    private static Optional<EngineError> silence(ProcessOutput process) {
        return process.exitCode().isPresent() && process.isEmpty()
                ? Optional.of(new EngineError("no_result", "exit code 0 and nothing printed", OptionalInt.empty()))
                : Optional.empty();
    }

    private UnknownOutputException unknown(ProcessOutput process) {
        List<String> lines =
                process.all().lines().stream().filter(line -> !line.isBlank()).toList();
        String found = lines.isEmpty()
                ? "nothing was printed"
                : lines.size() + (lines.size() == 1 ? " line" : " lines") + " found without it, the last '"
                        + PlainText.oneLine(
                                shortened(lines.get(lines.size() - 1).strip())) + "'";
        return new UnknownOutputException(engine + ": " + expected + " expected, " + found);
    }

    private static String shortened(String line) {
        return line.length() <= QUOTED ? line : line.substring(0, QUOTED) + "...";
    }
}
