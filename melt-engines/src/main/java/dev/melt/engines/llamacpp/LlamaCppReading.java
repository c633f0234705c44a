package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what programs of llama.cpp left: a saved file, the streams of one process, or those of one process a turn, numbered
 * {@code out.N}, {@code err.N} and {@code rc.N} with the turn's number. Which program and which of its forms of output it was
 * is told from the text. All times are durations. Stateless.
 */
public final class LlamaCppReading {
    private LlamaCppReading() {}

    /**
     * The log of a trial. A process that failed gives an error; figures that came before a failure are kept.
     *
     * @throws UnknownOutputException for what is neither measured nor a known failure, or is cut off
     */
    public static EventLog read(EngineOutput output) throws UnknownOutputException {
        List<ProcessReading> readings = new ArrayList<>();
        for (ProcessOutput process : ProcessOutput.all(output)) {
            readings.add(ProcessReading.of(process));
        }
        if (readings.stream().allMatch(ProcessReading::running)) {
            throw new UnknownOutputException(
                    "llama.cpp: figures of one turn expected, " + readings.size() + " processes without any found");
        }
        return log(output, readings);
    }

    private static EventLog log(EngineOutput output, List<ProcessReading> readings) {
        EventLogBuilder log = new EventLogBuilder();
        SpanLayout layout = new SpanLayout(log);
        boolean byNumber = readings.stream()
                .allMatch(r ->
                        r.process().number().isPresent() && r.findings().turns().size() <= 1);
        int next = 0;
        boolean well = true;
        if (!output.single()) {
            // of a server, whose answers lie in the numbered files
            facts(log, LogFacts.of(ConsoleText.of(output.text("stderr").orElse(""))));
        }
        for (ProcessReading reading : readings) {
            int turn = byNumber ? reading.process().number().orElseThrow() : next;
            facts(log, reading);
            for (TurnFinding finding : reading.findings().turns()) {
                finding.lay(turn++, layout, log);
            }
            reading.findings().figures().forEach(log::add);
            reading.failure().ifPresent(failure -> log.add(byNumber ? ofTurn(failure, reading) : failure));
            well &= !reading.running()
                    && reading.failure().map(f -> byNumber && isOfTurn(f)).orElse(true);
            next = turn;
        }
        log.ended(well);
        return log.build();
    }

    /** A prompt that does not fit spoils its turn and no other; everything else spoils the trial. */
    private static EngineError ofTurn(EngineError failure, ProcessReading reading) {
        return isOfTurn(failure)
                ? new EngineError(
                        failure.kind(), failure.message(), reading.process().number())
                : failure;
    }

    private static boolean isOfTurn(EngineError failure) {
        return failure.kind().equals("prompt_too_long");
    }

    private static void facts(EventLogBuilder log, ProcessReading reading) {
        facts(log, LogFacts.of(reading.process().told()));
        reading.findings().facts().forEach(log::fact);
        reading.findings().effective().forEach(log::effective);
    }

    private static void facts(EventLogBuilder log, LogFacts facts) {
        facts.facts().forEach(log::fact);
        facts.effective().forEach(log::effective);
    }
}
