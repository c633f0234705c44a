package dev.melt.engines.llamacpp;

import dev.melt.core.event.EnginePerf;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of timings as {@code llama_print_timings} (to 2024), {@code llama_perf_context_print} and
 * {@code common_perf_print} (from late 2025) print it. Runs are forward passes after the prompt; the first token comes from
 * the prompt. The counters never go below 1: a time of 0 with 1 run means that nothing ran.
 *
 * @param prefill time, tokens and rate of the prompt; empty parts where none was evaluated
 * @param decode time, passes and rate after it; empty parts where none was made
 * @param whole whether the line of the passes came
 */
public record PerfBlock(EnginePerf.Phase prefill, EnginePerf.Phase decode, boolean whole) {
    private static final Pattern LOAD = Pattern.compile("\\bload time\\s*=");
    private static final Pattern PREFILL = Pattern.compile("prompt eval time\\s*=\\s*" + Numbers.NUMBER
            + " ms\\s*/\\s*([0-9]{1,9}) tokens(?:.*?" + Numbers.NUMBER + " tokens per second)?");
    private static final Pattern DECODE = Pattern.compile("(?<!prompt )\\beval time\\s*=\\s*" + Numbers.NUMBER
            + " ms\\s*/\\s*([0-9]{1,9}) runs(?:.*?" + Numbers.NUMBER + " tokens per second)?");

    /** The blocks of an output, in their order. */
    public static List<PerfBlock> in(List<String> lines) {
        List<PerfBlock> blocks = new ArrayList<>();
        Optional<EnginePerf.Phase> prefill = Optional.empty();
        for (String line : lines) {
            Matcher prompt = PREFILL.matcher(line);
            Matcher passes = DECODE.matcher(line);
            if (prompt.find()) {
                prefill.ifPresent(open -> blocks.add(new PerfBlock(open, EnginePerf.Phase.NONE, false)));
                prefill = Optional.of(phase(prompt));
            } else if (passes.find() && prefill.isPresent()) {
                blocks.add(new PerfBlock(prefill.get(), phase(passes), true));
                prefill = Optional.empty();
            }
        }
        prefill.ifPresent(open -> blocks.add(new PerfBlock(open, EnginePerf.Phase.NONE, false)));
        return blocks;
    }

    /** Whether a block of this kind begins in a line, even if it is cut off behind it. */
    static boolean begins(String line) {
        return LOAD.matcher(line).find() || PREFILL.matcher(line).find();
    }

    private static EnginePerf.Phase phase(Matcher line) {
        OptionalDouble millis = Numbers.positive(line.group(1));
        return millis.isEmpty()
                ? EnginePerf.Phase.NONE
                : new EnginePerf.Phase(
                        OptionalDouble.of(millis.getAsDouble() / 1e3),
                        Numbers.count(line.group(2)),
                        line.group(3) == null ? OptionalDouble.empty() : Numbers.positive(line.group(3)));
    }

    /** Its turn; empty where it tells of no work at all. */
    Optional<TurnFinding> turn() {
        boolean evaluated = prefill.seconds().isPresent();
        boolean decoded = decode.seconds().isPresent();
        if (!evaluated && !decoded) {
            return Optional.empty();
        }
        int steps = decode.tokens().orElse(0);
        TurnSpans spans = evaluated
                ? new TurnSpans(
                        prefill.tokens(),
                        prefill.seconds(),
                        prefill.seconds(),
                        decode.tokens(),
                        decode.seconds(),
                        steps + 1,
                        0)
                : TurnSpans.decode(steps, decode.seconds().orElseThrow(), 0);
        return Optional.of(new TurnFinding.Timed(spans, prefill, decode));
    }
}
