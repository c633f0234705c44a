package dev.melt.engines.mlx;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.failure.FailureNames;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads whichever of MLX's programs printed it. */
final class MlxReader implements FigureReader {
    /** How Python and Metal tell of failures. */
    static final FailureNames FAILURES = FailureNames.SHARED
            .then("out_of_memory", "kIOGPUCommandBufferCallbackErrorOutOfMemory|\\[metal::malloc\\]|MemoryError")
            .then("model_missing", "FileNotFoundError|RepositoryNotFoundError|No safetensors found")
            .then("model_unsupported", "Model type .* not supported|Missing [0-9]+ parameters|Unsupported model")
            .then("model_corrupt", "SafetensorError|\\[load_safetensors\\]")
            .then("backend_init", "ModuleNotFoundError|ImportError|No Metal device|Failed to load the default metallib")
            .then("bad_option", "error: unrecognized arguments|error: argument ")
            .then("crashed", "\\b[A-Za-z_.]*(?:Error|Exception): |Fatal error: ");

    /** What its lines with figures have. */
    private static final Pattern FIGURE = Pattern.compile("peak_memory=|tokens-per-sec|tokens/s");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout layout, EventLogBuilder log)
            throws UnknownOutputException {
        ConsoleText text = process.all();
        Optional<MlxBenchmark> benchmark = MlxBenchmark.read(text);
        List<MlxTurn> turns = benchmark.isPresent()
                ? benchmark.get().trials()
                : MlxGeneration.read(text).stream().toList();
        if (turns.isEmpty() || !turns.stream().allMatch(MlxTurn::complete)) {
            throw new UnknownOutputException("mlx: the lines Prompt and Generation, or Trial with prompt_tps and "
                    + "generation_tps above 0, expected, none found");
        }
        boolean cut = benchmark.isPresent() && !benchmark.get().finished();
        for (MlxTurn measured : turns) {
            log.add(measured.perf(layout.turn(measured.spans())));
        }
        MlxMemory.peakBytes(text).ifPresent(bytes -> log.fact("memory.peak_bytes", Long.toString(bytes)));
        return FigureReader.upTo(process, FIGURE)
                .map(found -> cut ? found.cutOffBefore("a line 'Averages: ..' of mlx_lm.benchmark") : found);
    }
}
