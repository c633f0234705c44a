package dev.melt.engines.llamacpp;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads one process of any of llama.cpp's programs. Stateless. */
final class LlamaFigures implements FigureReader {
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

    /** A line with figures on it, in any form of output; no text of a model follows the last of them. */
    private static final Pattern FIGURES = Pattern.compile("time =.*\\bms\\b|tokens? per second|\\bt/s\\b|\"timings\"|"
            + "samples_ts|avg_ts|speed_tg|INSERT INTO|Final (?:estimate|result|Winogrande)|\\bKLD:|Same top p");

    private static final Figures NOTHING = new Figures(-1, false);

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        Findings read = FORMS.stream()
                .flatMap(form -> form.read(process).stream())
                .findFirst()
                .orElse(Findings.NONE);
        Findings findings = process.number().isPresent() ? read.asOneTurn() : read;
        if (findings.cutOff().isPresent()
                && process.number().isPresent()
                && process.exitCode().isEmpty()) {
            return findings.cutOff().map(NOTHING::cutOffBefore);
        }
        LogFacts.of(process.told()).addTo(log);
        findings.addTo(spans, log);
        if (!findings.turns().isEmpty() || !findings.figures().isEmpty()) {
            return Optional.of(ofMeasured(process, findings));
        }
        if (findings.cutOff().isPresent()) {
            return findings.cutOff().map(NOTHING::cutOffBefore);
        }
        return PerfBlock.in(process.lines()).isEmpty() ? Optional.empty() : Optional.of(nothingEvaluated());
    }

    private static Figures ofMeasured(ProcessOutput process, Findings findings) {
        // a prompt that is too long is told of twice, in the turn and in the log
        boolean toldOf = findings.turns().stream().anyMatch(TurnFinding.Failed.class::isInstance);
        Optional<Figures> before = toldOf ? Optional.empty() : FigureReader.upTo(process, FIGURES);
        Figures found = before.orElseGet(() -> Figures.allOf(process));
        return findings.cutOff().map(found::cutOffBefore).orElse(found);
    }

    private static Figures nothingEvaluated() {
        EngineError error =
                new EngineError("no_result", "a block of timings in which nothing was evaluated", OptionalInt.empty());
        return new Figures(-1, false, Optional.of(error), Optional.empty());
    }
}
