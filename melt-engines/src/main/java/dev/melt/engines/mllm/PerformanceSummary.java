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
 * The summary that the runners of version 2 end with; times in microseconds in older builds, in seconds in newer ones. The first
 * token comes out of the prompt's pass; decode steps are the passes after it.
 */
final class PerformanceSummary implements FigureReader {
    private static final String TIME = "\\s*:\\s*" + Numbers.NUMBER + "\\s*(\\S{0,3}s)(?![/\\w])";
    private static final String RATE = "(?:\\s*\\(\\s*" + Numbers.NUMBER + "\\s*tokens/s\\))?";
    private static final Pattern PREFILL = Pattern.compile("Prefill (?:total )?time" + TIME + RATE);
    private static final Pattern DECODE = Pattern.compile("Decode time" + TIME + RATE);
    private static final Pattern TTFT = Pattern.compile("TTFT" + TIME);
    private static final Pattern TOKENS = Pattern.compile("Prefill tokens\\s*:\\s*([0-9]{1,9})");
    private static final Pattern STEPS = Pattern.compile("Decode steps\\s*:\\s*([0-9]{1,9})");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        ConsoleText text = process.all();
        Optional<MatchResult> prefill = text.last(PREFILL);
        Optional<MatchResult> decode = text.last(DECODE);
        OptionalInt tokens = count(text, TOKENS);
        OptionalInt steps = count(text, STEPS);
        if (prefill.isEmpty() || decode.isEmpty() || steps.isEmpty() || tokens.orElse(0) == 0) {
            return Optional.empty();
        }
        OptionalDouble prefillSeconds = seconds(prefill.get());
        OptionalDouble decodeSeconds = seconds(decode.get());
        boolean decoded = steps.getAsInt() > 0;
        if (prefillSeconds.isEmpty() || (decoded && decodeSeconds.isEmpty())) {
            return Optional.empty();
        }
        OptionalDouble first = text.last(TTFT).map(PerformanceSummary::seconds).orElse(OptionalDouble.empty());
        int turn = spans.turn(new TurnSpans(
                tokens,
                prefillSeconds,
                decoded ? first : OptionalDouble.empty(),
                decoded ? steps : OptionalInt.empty(),
                decoded ? decodeSeconds : OptionalDouble.empty(),
                steps.getAsInt() + 1,
                0));
        log.add(new EnginePerf(
                turn,
                new EnginePerf.Phase(prefillSeconds, tokens, rate(prefill.get())),
                decoded ? new EnginePerf.Phase(decodeSeconds, steps, rate(decode.get())) : EnginePerf.Phase.NONE));
        return FigureReader.upTo(process, STEPS);
    }

    private static OptionalInt count(ConsoleText text, Pattern pattern) {
        return text.last(pattern).map(match -> Numbers.count(match.group(1))).orElse(OptionalInt.empty());
    }

    private static OptionalDouble seconds(MatchResult match) {
        OptionalDouble value = Numbers.positive(match.group(1));
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * unit(match.group(2))) : value;
    }

    /** The sign before the s of microseconds is one of several letters, or was lost on the way. */
    private static double unit(String printed) {
        return switch (printed) {
            case "s" -> 1;
            case "ms" -> 1e-3;
            default -> 1e-6;
        };
    }

    private static OptionalDouble rate(MatchResult match) {
        return match.group(3) == null ? OptionalDouble.empty() : Numbers.positive(match.group(3));
    }
}
