package dev.melt.engines.ortgenai;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.ConsoleText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The block that model_benchmark prints: means over repetitions of one prompt and its answer. What it calls the time to the
 * first token is the evaluation of the prompt alone; its choice is the first sampling call. Newer versions sample within each
 * generation call and time a sampling call of its own for the first token only; older ones time each sampling call apart, so
 * that a step is both calls together. Filled line by line by one thread.
 */
final class BenchmarkBlock {
    private enum Part {
        PROMPT("Prompt processing \\(time to first token\\)"),
        GENERATION("Token generation"),
        SAMPLING("Token sampling"),
        WHOLE("E2E generation");

        private final Pattern title;

        Part(String title) {
            this.title = Pattern.compile(title + "[^:]*:");
        }
    }

    private static final Pattern HEAD =
            Pattern.compile("Batch size:\\s*([0-9]+), prompt tokens:\\s*([0-9]+), tokens to generate:\\s*([0-9]+)");

    private final int batch;
    private final int promptTokens;
    private final int generated;
    private final Map<Part, BenchmarkSection> parts = new EnumMap<>(Part.class);
    private BenchmarkSection current = new BenchmarkSection();

    private BenchmarkBlock(int batch, int promptTokens, int generated) {
        this.batch = batch;
        this.promptTokens = promptTokens;
        this.generated = generated;
    }

    /** All blocks of a text, in their order; each is whole. */
    static List<BenchmarkBlock> of(ConsoleText text) throws UnknownOutputException {
        List<BenchmarkBlock> blocks = new ArrayList<>();
        for (String line : text.lines()) {
            Matcher head = HEAD.matcher(line);
            if (head.find()) {
                blocks.add(new BenchmarkBlock(number(head, 1), number(head, 2), number(head, 3)));
            } else if (!blocks.isEmpty()) {
                blocks.get(blocks.size() - 1).accept(line);
            }
        }
        for (BenchmarkBlock block : blocks) {
            block.check();
        }
        return blocks;
    }

    private static int number(Matcher head, int group) throws UnknownOutputException {
        String digits = head.group(group);
        if (digits.length() > 7) {
            throw new UnknownOutputException(
                    "onnxruntime-genai: a count of at most 7 digits expected, " + digits + " found");
        }
        return Integer.parseInt(digits);
    }

    private void accept(String line) {
        for (Part part : Part.values()) {
            if (part.title.matcher(line).find()) {
                current = new BenchmarkSection();
                parts.put(part, current);
            }
        }
        current.accept(line);
    }

    private void check() throws UnknownOutputException {
        if (batch != 1) {
            throw new UnknownOutputException("onnxruntime-genai: a batch size of 1 expected, " + batch + " found");
        }
        for (Part part : List.of(Part.PROMPT, Part.SAMPLING)) {
            require(part, part(part).complete());
        }
        require(Part.GENERATION, generated < 2 || part(Part.GENERATION).complete());
        require(Part.WHOLE, part(Part.WHOLE).seconds("avg").isPresent());
        if (promptTokens < 1 || generated < 1) {
            throw new UnknownOutputException("onnxruntime-genai: tokens above 0 expected, " + promptTokens
                    + " of the prompt and " + generated + " to generate found");
        }
    }

    private static void require(Part part, boolean there) throws UnknownOutputException {
        if (!there) {
            throw new UnknownOutputException("onnxruntime-genai: a section with avg and n under '"
                    + part.title.pattern().replace("\\", "").replace("[^:]*:", "")
                    + "' expected, the block ends before or has none above 0");
        }
    }

    private BenchmarkSection part(Part part) {
        return parts.getOrDefault(part, new BenchmarkSection());
    }

    /** Means of one prompt and its answer, in METRICS' terms. */
    TurnSpans spans() {
        double prefill = mean(Part.PROMPT);
        double first = prefill + mean(Part.SAMPLING);
        OptionalInt steps = generated > 1 ? OptionalInt.of(stepsMade()) : OptionalInt.empty();
        return new TurnSpans(
                OptionalInt.of(promptTokens),
                OptionalDouble.of(prefill),
                OptionalDouble.of(first),
                steps,
                steps.isPresent() ? OptionalDouble.of(steps.getAsInt() * stepSeconds()) : OptionalDouble.empty(),
                steps.orElse(0) + 1,
                0);
    }

    /** Of generation calls per repetition; fewer than asked for when the model ended its answer. */
    private int stepsMade() {
        return Math.max(
                1, (int) Math.round((double) part(Part.GENERATION).calls().orElse(1) / repetitions()));
    }

    private double stepSeconds() {
        return mean(Part.GENERATION) + (samplesEachToken() ? mean(Part.SAMPLING) : 0);
    }

    private boolean samplesEachToken() {
        return part(Part.SAMPLING).calls().orElse(0) > repetitions();
    }

    /** Median of the gaps between tokens, where a generation call is a whole gap. */
    OptionalDouble medianGapSeconds() {
        return samplesEachToken() || generated < 2
                ? OptionalDouble.empty()
                : part(Part.GENERATION).seconds("p50");
    }

    int repetitions() {
        return Math.max(1, part(Part.PROMPT).calls().orElse(1));
    }

    EnginePerf perf(int turn) {
        return new EnginePerf(turn, perf(Part.PROMPT, promptTokens), perf(Part.GENERATION, stepsMade()));
    }

    private EnginePerf.Phase perf(Part part, int tokens) {
        OptionalDouble call = part(part).seconds("avg");
        int calls = part == Part.PROMPT ? 1 : tokens;
        return new EnginePerf.Phase(
                call.isPresent() ? OptionalDouble.of(call.getAsDouble() * calls) : call,
                OptionalInt.of(tokens),
                part(part).tokensPerSecond());
    }

    private double mean(Part part) {
        return part(part).seconds("avg").orElse(0);
    }
}
