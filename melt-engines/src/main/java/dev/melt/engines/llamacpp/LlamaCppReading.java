package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineOutput;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.failure.FailureNames;
import dev.melt.engines.text.ConsoleText;
import java.util.List;

/**
 * Reads what programs of llama.cpp left: a saved file, the streams of one process, or those of one process a turn. Which program
 * and which of its forms of output it was is told from the text. All times are durations. Stateless.
 */
public final class LlamaCppReading {
    /** By which llama.cpp, and what was made of it, tells of failures. */
    public static final FailureNames FAILURES = FailureNames.SHARED
            .then("prompt_too_short", "you need at least [0-9]+ tokens")
            .then("load_failed", "failed to load model|unable to load model");

    /** In each row of a dump of operators, which has many thousands of them and is read elsewhere. */
    private static final String OPERATOR_ROW = " ms, wall = ";

    private LlamaCppReading() {}

    /** The processes of a trial. */
    public static List<ProcessOutput> processes(EngineOutput output) {
        return ProcessOutput.allOf(output, line -> !line.contains(OPERATOR_ROW));
    }

    /**
     * The log of a trial. A process that failed gives an error; figures that came before a failure are kept.
     *
     * @throws UnknownOutputException for what is neither measured nor a known failure, or is cut off
     */
    public static EventLog read(EngineOutput output) throws UnknownOutputException {
        List<ProcessOutput> processes = processes(output);
        TurnsReading reading = new TurnsReading(
                "llama.cpp" + version(processes),
                "timings, a table or records of llama-bench, answers of llama-server or figures of llama-perplexity",
                FAILURES,
                new LlamaFigures());
        EventLogBuilder log = new EventLogBuilder();
        if (!output.single()) {
            // of a server, whose answers lie in the numbered files
            LogFacts.of(ConsoleText.of(output.text("stderr").orElse(""))).addTo(log);
        }
        return reading.read(processes, log);
    }

    /** As it is printed, for messages. */
    private static String version(List<ProcessOutput> processes) {
        return processes.stream()
                .flatMap(process -> LogFacts.of(process.told()).facts().entrySet().stream())
                .filter(fact -> fact.getKey().equals("engine.version"))
                .map(fact -> " " + fact.getValue())
                .findFirst()
                .orElse("");
    }
}
