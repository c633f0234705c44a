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
import java.util.regex.Pattern;

/**
 * The block of tokens, time and speed that builds of the version 1 NPU demos print, the decode part of it only in some. The first
 * token comes after an intermediate pass on the CPU, which is timed apart from prefill and decoding.
 */
final class SpeedBlock implements FigureReader {
    private static final Pattern TOKENS = Pattern.compile("Prefill Tokens:\\s*([0-9]{1,9})");
    private static final Pattern TIME = time("Prefill");
    private static final Pattern SPEED = speed("Prefill");
    private static final Pattern BETWEEN = time("Intermediate");
    private static final Pattern STEPS = Pattern.compile("Decode Tokens:\\s*([0-9]{1,9})");
    private static final Pattern DECODE_TIME = time("Decode");
    private static final Pattern DECODE_SPEED = speed("Decode");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        ConsoleText text = process.all();
        OptionalInt tokens =
                text.last(TOKENS).map(match -> Numbers.count(match.group(1))).orElse(OptionalInt.empty());
        OptionalDouble seconds = number(text, TIME);
        boolean decodes = text.has(STEPS);
        if (tokens.orElse(0) == 0 || seconds.isEmpty() || !text.has(decodes ? DECODE_SPEED : SPEED)) {
            return Optional.empty();
        }
        OptionalInt steps =
                text.last(STEPS).map(match -> Numbers.count(match.group(1))).orElse(OptionalInt.empty());
        OptionalDouble decodeSeconds = number(text, DECODE_TIME);
        OptionalDouble between = number(text, BETWEEN);
        boolean decoded = steps.orElse(0) > 0 && decodeSeconds.isPresent();
        int turn = spans.turn(new TurnSpans(
                tokens,
                seconds,
                decoded && between.isPresent()
                        ? OptionalDouble.of(seconds.getAsDouble() + between.getAsDouble())
                        : OptionalDouble.empty(),
                decoded ? steps : OptionalInt.empty(),
                decoded ? decodeSeconds : OptionalDouble.empty(),
                decoded ? steps.getAsInt() + 1 : 0,
                0));
        log.add(new EnginePerf(
                turn,
                new EnginePerf.Phase(seconds, tokens, number(text, SPEED)),
                decoded
                        ? new EnginePerf.Phase(decodeSeconds, steps, number(text, DECODE_SPEED))
                        : EnginePerf.Phase.NONE));
        return FigureReader.upTo(process, decodes ? DECODE_SPEED : SPEED);
    }

    private static OptionalDouble number(ConsoleText text, Pattern pattern) {
        return text.last(pattern).map(match -> Numbers.positive(match.group(1))).orElse(OptionalDouble.empty());
    }

    private static Pattern time(String phase) {
        return Pattern.compile(phase + " Time taken:\\s*" + Numbers.NUMBER + "\\s*seconds");
    }

    private static Pattern speed(String phase) {
        return Pattern.compile(phase + " Speed:\\s*" + Numbers.NUMBER + "\\s*tokens/s");
    }
}
