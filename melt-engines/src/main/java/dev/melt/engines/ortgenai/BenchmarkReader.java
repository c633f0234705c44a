package dev.melt.engines.ortgenai;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what one model_benchmark printed. */
final class BenchmarkReader implements FigureReader {
    private static final Pattern FIGURE = Pattern.compile("(?:avg|p50|stddev) \\((?:us|ms)\\):");
    private static final double MILLIS = 1e-3;
    private static final Pattern PEAK =
            Pattern.compile("Peak working set size(?: \\(bytes\\))?:\\s*([0-9]+)(?=\\s*$|\\s+bytes\\b)");
    private static final Pattern CREATE = Pattern.compile("Model create time \\(ms\\):\\s*" + NUMBER);

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout layout, EventLogBuilder log)
            throws UnknownOutputException {
        ConsoleText text = process.out();
        List<BenchmarkBlock> blocks = BenchmarkBlock.of(text);
        if (blocks.isEmpty()) {
            throw new UnknownOutputException(
                    "onnxruntime-genai: a line 'Batch size: .., prompt tokens: ..' expected, none found");
        }
        if (process.number().orElse(0) == 0) {
            text.last(CREATE)
                    .ifPresent(found -> Numbers.positive(found.group(1)).ifPresent(ms -> layout.load(ms * MILLIS)));
        }
        for (BenchmarkBlock block : blocks) {
            int number = layout.turn(block.spans());
            log.add(block.perf(number));
            block.medianGapSeconds().ifPresent(gap -> log.add(StatedFigure.ofTurn("itl_p50", number, gap)));
            log.fact("engine.repetitions", Integer.toString(block.repetitions()));
        }
        text.all(PEAK).stream()
                .flatMapToLong(found -> Numbers.whole(found.group(1)).stream())
                .filter(bytes -> bytes > 0)
                .max()
                .ifPresent(bytes -> log.add(StatedFigure.ofTrial("peak_rss", (double) bytes)));
        return FigureReader.upTo(process, FIGURE);
    }
}
