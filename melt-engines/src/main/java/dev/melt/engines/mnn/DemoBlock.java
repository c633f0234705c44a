package dev.melt.engines.mnn;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * {@code llm_demo}: one block at the end, the sum over all prompts of its file. The first token comes out of the prompt's pass.
 * Times of passes and of choosing tokens are told apart; METRICS counts both, so that each token's choice is added to the pass
 * before it, and the engine's own rate, without them, stays beside. Before the block stand the times of loading and of tuning
 * kernels.
 */
final class DemoBlock implements FigureReader {
    private static final Pattern PROMPT = Pattern.compile("prompt tokens num\\s*=\\s*([0-9]{1,9})");
    private static final Pattern DECODED = Pattern.compile("decode tokens num\\s*=\\s*([0-9]{1,9})");
    private static final Pattern PREFILL_TIME = time("prefill");
    private static final Pattern DECODE_TIME = time("decode");
    private static final Pattern SAMPLE_TIME = time("sample");
    private static final Pattern PREFILL_SPEED = speed("prefill");
    private static final Pattern DECODE_SPEED = speed("decode");
    private static final Pattern STEP = Pattern.compile("main, [0-9]+, cost time:\\s*" + Numbers.NUMBER + "\\s*ms");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        ConsoleText text = process.all();
        OptionalInt prompt = count(text, PROMPT);
        OptionalInt decoded = count(text, DECODED);
        OptionalDouble prefill = number(text, PREFILL_TIME);
        OptionalDouble decode = number(text, DECODE_TIME);
        boolean whole = text.has(DECODE_SPEED) && text.has(PREFILL_SPEED);
        if (!whole || prompt.orElse(0) == 0 || prefill.isEmpty() || decoded.isEmpty()) {
            return Optional.empty();
        }
        int steps = decoded.getAsInt();
        if (steps > 0 && decode.isEmpty()) {
            return Optional.empty();
        }
        preparation(text, spans);
        double choice = steps == 0 ? 0 : number(text, SAMPLE_TIME).orElse(0) / steps;
        int turn = spans.turn(new TurnSpans(
                prompt,
                prefill,
                // of a saved file nobody knows how many prompts its sums are of
                process.saved() ? OptionalDouble.empty() : OptionalDouble.of(prefill.getAsDouble() + choice),
                steps > 0 ? decoded : OptionalInt.empty(),
                steps > 0 ? OptionalDouble.of(decode.getAsDouble() + choice * (steps - 1)) : OptionalDouble.empty(),
                steps,
                0));
        log.add(new EnginePerf(
                turn,
                new EnginePerf.Phase(prefill, prompt, number(text, PREFILL_SPEED)),
                new EnginePerf.Phase(decode, decoded, number(text, DECODE_SPEED))));
        return FigureReader.upTo(process, DECODE_SPEED);
    }

    private static void preparation(ConsoleText text, SpanLayout spans) {
        List<MatchResult> steps = text.all(STEP);
        if (!steps.isEmpty()) {
            Numbers.positive(steps.get(0).group(1)).ifPresent(millis -> spans.load(millis / 1e3));
        }
        if (steps.size() > 1) {
            Numbers.positive(steps.get(1).group(1)).ifPresent(millis -> spans.graphPrepare(millis / 1e3));
        }
    }

    private static OptionalInt count(ConsoleText text, Pattern pattern) {
        return text.last(pattern).map(match -> Numbers.count(match.group(1))).orElse(OptionalInt.empty());
    }

    private static OptionalDouble number(ConsoleText text, Pattern pattern) {
        return text.last(pattern).map(match -> Numbers.positive(match.group(1))).orElse(OptionalDouble.empty());
    }

    private static Pattern time(String phase) {
        return Pattern.compile("(?<!\\w)" + phase + " time\\s*=\\s*" + Numbers.NUMBER + "\\s*s\\b");
    }

    private static Pattern speed(String phase) {
        return Pattern.compile("(?<!\\w)" + phase + " speed\\s*=\\s*" + Numbers.NUMBER + "\\s*tok/s");
    }
}
