package dev.melt.engines.mlc;

import static dev.melt.engines.text.Numbers.NUMBER;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.Stamps;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What {@code mlc_chat_cli --evaluate} printed in 2023: the time of the prompt, then a line a decoding step. How many tokens
 * the prompt had stands in the command line alone, and is told where the log holds it.
 */
final class EvaluationLines implements MlcForm {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Pattern PREFILL = Pattern.compile("encoding-time=" + NUMBER + "ms");
    private static final Pattern STEP = Pattern.compile("\\[i: ([0-9]+)\\] decoding-time=" + NUMBER + "ms");
    private static final Pattern PROMPT_TOKENS = Pattern.compile("--eval-prompt-len[= ]([0-9]+)");
    private static final Pattern STEPS_ASKED = Pattern.compile("--eval-gen-len[= ]([0-9]+)");

    @Override
    public boolean recognises(String text) {
        return text.contains("encoding-time=") || text.contains("decoding-time=");
    }

    @Override
    public boolean read(String text, EventLogBuilder log) throws UnknownOutputException {
        ConsoleText console = ConsoleText.of(text);
        OptionalDouble prefill = console.last(PREFILL)
                .map(found -> Numbers.positive(found.group(1)))
                .orElse(OptionalDouble.empty());
        List<Double> steps = steps(console.all(STEP));
        if (prefill.isEmpty() || steps.isEmpty()) {
            throw new UnknownOutputException("mlc_chat_cli: encoding-time and decoding-time above 0 expected, "
                    + (prefill.isEmpty() ? "no encoding-time" : "no decoding-time") + " found");
        }
        OptionalInt promptTokens = number(console, PROMPT_TOKENS);
        OptionalInt asked = number(console, STEPS_ASKED);
        add(prefill.getAsDouble(), promptTokens, steps, log);
        return asked.isEmpty() || asked.getAsInt() == steps.size();
    }

    /** Milliseconds of each step; they must follow one another without a hole. */
    private static List<Double> steps(List<MatchResult> lines) throws UnknownOutputException {
        List<Double> steps = new ArrayList<>();
        for (MatchResult line : lines) {
            OptionalDouble millis = Numbers.positive(line.group(2));
            if (Numbers.count(line.group(1)).orElse(-1) != steps.size() || millis.isEmpty()) {
                throw new UnknownOutputException("mlc_chat_cli: decoding step " + steps.size()
                        + " with a time above 0 expected, step " + line.group(1) + " of " + line.group(2)
                        + " ms found");
            }
            steps.add(millis.getAsDouble());
        }
        return steps;
    }

    private static void add(double prefillMillis, OptionalInt promptTokens, List<Double> steps, EventLogBuilder log) {
        log.stamps(Stamps.DURATIONS);
        log.turnStarted(0, 0, 0, 0);
        double now = prefillMillis;
        log.add(new Event.Prefill(0, 0, nanos(now), promptTokens.orElse(0), 0));
        log.add(new Event.Token(0, 0, nanos(now), OptionalInt.empty()));
        for (int i = 0; i < steps.size(); i++) {
            now += steps.get(i);
            log.add(new Event.Token(0, i + 1, nanos(now), OptionalInt.empty()));
        }
        log.turnEnded(0, nanos(now), steps.size() + 1);
        log.add(new EnginePerf(
                0,
                new EnginePerf.Phase(OptionalDouble.of(prefillMillis / 1e3), promptTokens, OptionalDouble.empty()),
                EnginePerf.Phase.of((now - prefillMillis) / 1e3, steps.size())));
    }

    private static OptionalInt number(ConsoleText console, Pattern pattern) {
        return console.last(pattern).map(found -> Numbers.count(found.group(1))).orElse(OptionalInt.empty());
    }

    private static long nanos(double millis) {
        return Math.round(millis * NANOS_PER_MILLI);
    }
}
