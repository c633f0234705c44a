package dev.melt.engines.mllm;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The NPU runners of version 2 whose log has a line for each decode step. What they call the time of prefill includes the tracing
 * and building of the graph; it cannot be taken apart, so that it is kept as a fact and becomes neither prefill nor TTFT.
 */
final class DecodeSteps implements FigureReader {
    private static final Pattern PREFILL = Pattern.compile(
            "prefill completed: seq_len\\s*=\\s*([0-9]{1,9}),\\s*time\\s*=\\s*" + Numbers.NUMBER + "\\s*s");
    private static final Pattern STEP =
            Pattern.compile("\\[Decode step\\s+([0-9]{1,9})\\]\\s*time:\\s*" + Numbers.NUMBER + "\\s*ms");
    private static final Pattern TOTAL = Pattern.compile("Decode completed: ([0-9]{1,9}) tokens, (?:total time:\\s*"
            + Numbers.NUMBER
            + "\\s*ms.*?)?(?:throughput:?\\s*"
            + Numbers.NUMBER
            + "\\s*tok)");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        ConsoleText text = process.all();
        Optional<MatchResult> total = text.last(TOTAL);
        int steps = total.map(match -> Integer.parseInt(match.group(1))).orElse(0);
        double[] each = text.all(STEP).stream()
                .mapToDouble(match -> Numbers.positive(match.group(2)).orElse(0))
                .filter(millis -> millis > 0)
                .map(millis -> millis / 1e3)
                .toArray();
        OptionalDouble seconds = total.flatMap(match -> Optional.ofNullable(match.group(2)))
                .map(Numbers::positive)
                .orElse(OptionalDouble.empty());
        if (steps == 0 || (each.length != steps && seconds.isEmpty())) {
            return Optional.empty();
        }
        text.last(PREFILL).ifPresent(match -> {
            log.fact("engine.prompt_tokens", match.group(1));
            log.fact("engine.prefill_with_graph_seconds", match.group(2));
        });
        double summed = seconds.isPresent() ? seconds.getAsDouble() / 1e3 : 0;
        int turn = each.length == steps ? spans.passes(each) : spans.turn(TurnSpans.decode(steps, summed, 0));
        log.add(new EnginePerf(
                turn,
                EnginePerf.Phase.NONE,
                new EnginePerf.Phase(
                        OptionalDouble.of(summed),
                        OptionalInt.of(steps),
                        Numbers.positive(total.get().group(3)))));
        return FigureReader.upTo(process, TOTAL);
    }
}
