package dev.melt.engines.llamacpp;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.UnknownOutputException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What came of one process.
 *
 * @param failure empty where it ended well
 * @param running whether it left neither figures nor a failure nor an exit code: it was stopped from outside
 */
record ProcessReading(ProcessOutput process, Findings findings, Optional<EngineError> failure, boolean running) {
    /** From the most telling form to the least; the first that fits is read, for some print the others' lines too. */
    private static final List<OutputForm> FORMS = List.of(
            new BenchJson(),
            new BenchRows(),
            new BenchMarkdown(),
            new BatchedBench(),
            new Perplexity(),
            new ServerResponses(),
            new ServerLog(),
            new ChatFooter(),
            new Speculative(),
            new PerfBlocks());

    /**
     * Reads one process.
     *
     * @throws UnknownOutputException for what is neither measured nor a known failure, or is cut off without one
     */
    static ProcessReading of(ProcessOutput process) throws UnknownOutputException {
        Findings read = FORMS.stream()
                .flatMap(form -> form.read(process).stream())
                .findFirst()
                .orElse(Findings.NONE);
        Findings findings = process.number().isPresent() ? read.asOneTurn() : read;
        // a prompt that is too long is told of twice, in the turn and in the log
        Optional<EngineError> failure = LlamaFailure.of(process, findings.measured())
                .filter(found -> !found.kind().equals("prompt_too_long")
                        || findings.turns().stream().noneMatch(TurnFinding.Failed.class::isInstance));
        if (failure.isPresent()) {
            return new ProcessReading(process, findings, failure, false);
        }
        if (findings.cutOff().isPresent()) {
            if (process.number().isPresent() && process.exitCode().isEmpty()) {
                return new ProcessReading(process, Findings.NONE, Optional.empty(), true);
            }
            throw unknown(process, findings.cutOff().get() + " expected, the output ends before it");
        }
        return findings.turns().isEmpty() && findings.figures().isEmpty()
                ? nothing(process)
                : new ProcessReading(process, findings, Optional.empty(), false);
    }

    private static ProcessReading nothing(ProcessOutput process) throws UnknownOutputException {
        boolean emptyBlock = !PerfBlock.in(process.lines()).isEmpty();
        if (emptyBlock || process.exitCode().isPresent()) {
            String message =
                    emptyBlock ? "a block of timings in which nothing was evaluated" : "exit code 0 and no figures";
            return new ProcessReading(
                    process,
                    Findings.NONE,
                    Optional.of(new EngineError("no_result", message, OptionalInt.empty())),
                    false);
        }
        if (process.number().isPresent()) {
            return new ProcessReading(process, Findings.NONE, Optional.empty(), true);
        }
        throw unknown(
                process,
                "timings, a table or records of llama-bench, answers of llama-server or figures of llama-perplexity"
                        + " expected, none found in "
                        + process.lines().size() + " lines");
    }

    private static UnknownOutputException unknown(ProcessOutput process, String what) {
        return new UnknownOutputException("llama.cpp" + process.versionSuffix() + ": " + what);
    }
}
