package dev.melt.engines.mlx;

import dev.melt.core.event.EngineError;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.failure.OwnWords;
import dev.melt.engines.process.TurnOutput;
import dev.melt.engines.process.TurnReader;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads whichever of MLX's programs printed it. */
final class MlxReader implements TurnReader {
    /** How Python and Metal tell of what FailureWords does not know. */
    static final OwnWords FAILURES = OwnWords.NONE
            .then("out_of_memory", "kIOGPUCommandBufferCallbackErrorOutOfMemory|\\[metal::malloc\\]|MemoryError")
            .then("model_missing", "FileNotFoundError|RepositoryNotFoundError|No safetensors found")
            .then("model_unsupported", "Model type .* not supported|Missing [0-9]+ parameters|Unsupported model")
            .then("model_corrupt", "SafetensorError|\\[load_safetensors\\]")
            .then("backend_init", "ModuleNotFoundError|ImportError|No Metal device|Failed to load the default metallib")
            .then("bad_option", "error: unrecognized arguments|error: argument ")
            .then("crashed", "\\b[A-Za-z_.]*(?:Error|Exception): |Fatal error: ");

    /** What its lines with figures have. */
    static final Pattern FIGURE = Pattern.compile("peak_memory=|tokens-per-sec|tokens/s");

    @Override
    public Optional<EngineError> read(TurnOutput turn, SpanLayout layout, EventLogBuilder log)
            throws UnknownOutputException {
        ConsoleText text = turn.both();
        Optional<MlxBenchmark> benchmark = MlxBenchmark.read(text);
        List<MlxTurn> turns = benchmark.isPresent()
                ? benchmark.get().trials()
                : MlxGeneration.read(text).stream().toList();
        if (turns.isEmpty() || !turns.stream().allMatch(MlxTurn::complete)) {
            throw new UnknownOutputException("mlx: the lines Prompt and Generation, or Trial with prompt_tps and "
                    + "generation_tps above 0, expected, none found");
        }
        boolean cutOff = benchmark.isPresent() && !benchmark.get().finished();
        if (cutOff && turn.failure(FAILURES).isEmpty()) {
            throw new UnknownOutputException("mlx_lm.benchmark: a line 'Averages: ..' at its end expected, the output "
                    + "breaks off after trial " + turns.size());
        }
        for (MlxTurn measured : turns) {
            log.add(measured.perf(layout.turn(measured.spans())));
        }
        MlxMemory.peakBytes(text).ifPresent(bytes -> log.fact("memory.peak_bytes", Long.toString(bytes)));
        return cutOff ? turn.failure(FAILURES) : Optional.empty();
    }
}
