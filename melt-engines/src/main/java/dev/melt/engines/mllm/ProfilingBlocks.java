package dev.melt.engines.mllm;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks between two rules that the modules of version 1 print: one of a model that does all, or one named for prefilling and
 * one named for decoding where two models share the work. In the latter the decoding model's "prefilling speed" is that of its
 * first step and means nothing. Rates have six digits: rate times time gives back the number of tokens.
 */
final class ProfilingBlocks implements FigureReader {
    private static final Pattern RULE = Pattern.compile("={20,}");
    private static final Pattern NAME = Pattern.compile("(?i)(?<![\\w])(prefill|decod)[a-z]*\\s*$");
    private static final Pattern LOAD = Pattern.compile("Load time:\\s*" + Numbers.NUMBER + "\\s*s");
    private static final Pattern PREFILL = Pattern.compile("Prefilling speed:\\s*" + Numbers.NUMBER + "\\s*tokens/s");
    private static final Pattern TTFT = Pattern.compile("TTFT:\\s*" + Numbers.NUMBER + "\\s*s");
    private static final Pattern DECODE = Pattern.compile("Decoding speed:\\s*" + Numbers.NUMBER + "\\s*tokens/s");
    private static final Pattern LATENCY = Pattern.compile("Inference latency:\\s*" + Numbers.NUMBER + "\\s*s");
    private static final Pattern ANY =
            Pattern.compile(PREFILL.pattern() + "|" + DECODE.pattern() + "|" + LATENCY.pattern());
    private static final double WHOLE = 0.02;

    private record Block(
            boolean prefills,
            boolean decodes,
            OptionalDouble load,
            OptionalDouble prefillRate,
            OptionalDouble ttft,
            OptionalDouble decodeRate,
            OptionalDouble latency) {
        boolean measures() {
            return (prefills && (prefillRate.isPresent() || latency.isPresent()))
                    || (decodes && decodeRate.isPresent());
        }
    }

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        List<Block> blocks = blocks(process.all().lines());
        if (blocks.isEmpty() || !blocks.stream().allMatch(Block::measures)) {
            return Optional.empty();
        }
        double load =
                blocks.stream().mapToDouble(block -> block.load().orElse(0)).sum();
        if (load > 0) {
            spans.load(load);
        }
        Optional<Block> prefill = blocks.stream().filter(Block::prefills).findFirst();
        int turn = spans.turn(prefill.flatMap(ProfilingBlocks::counted).orElseGet(TurnSpans::unknown));
        prefill.ifPresent(block -> prefill(block, turn, log));
        OptionalDouble decode = blocks.stream()
                .filter(Block::decodes)
                .map(Block::decodeRate)
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
        decode.ifPresent(rate -> log.add(StatedFigure.ofTurn("decode_rate", turn, rate)));
        log.add(new EnginePerf(
                turn, phase(prefill.map(Block::prefillRate).orElse(OptionalDouble.empty())), phase(decode)));
        return FigureReader.upTo(process, ANY);
    }

    private static void prefill(Block block, int turn, EventLogBuilder log) {
        block.ttft().ifPresent(seconds -> log.add(StatedFigure.ofTurn("ttft", turn, seconds)));
        if (counted(block).isEmpty()) {
            block.prefillRate().ifPresent(rate -> log.add(StatedFigure.ofTurn("prefill_rate", turn, rate)));
            block.latency().ifPresent(seconds -> log.add(StatedFigure.ofTurn("prefill_time", turn, seconds)));
        }
    }

    private static EnginePerf.Phase phase(OptionalDouble rate) {
        return new EnginePerf.Phase(OptionalDouble.empty(), OptionalInt.empty(), rate);
    }

    private static Optional<TurnSpans> counted(Block block) {
        if (block.prefillRate().isEmpty() || block.ttft().isEmpty()) {
            return Optional.empty();
        }
        double tokens = block.prefillRate().getAsDouble() * block.ttft().getAsDouble();
        return tokens >= 1 - WHOLE && Math.abs(tokens - Math.rint(tokens)) < WHOLE
                ? Optional.of(
                        TurnSpans.prefill((int) Math.rint(tokens), block.ttft().getAsDouble()))
                : Optional.empty();
    }

    /** Blocks whose closing rule is there; none when the last was cut off. */
    private static List<Block> blocks(List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        List<String> open = new ArrayList<>();
        for (String line : lines) {
            if (!RULE.matcher(line).find()) {
                open.add(line);
                continue;
            }
            if (open.stream().anyMatch(l -> LOAD.matcher(l).find())) {
                blocks.add(block(open));
            }
            open.clear();
        }
        return open.stream().anyMatch(l -> LOAD.matcher(l).find()) ? List.of() : blocks;
    }

    private static Block block(List<String> lines) {
        String name = lines.stream()
                .takeWhile(line -> !LOAD.matcher(line).find())
                .flatMap(line -> NAME.matcher(line).results().map(match -> match.group(1)))
                .findFirst()
                .orElse("");
        return new Block(
                !name.equalsIgnoreCase("decod"),
                !name.equalsIgnoreCase("prefill"),
                value(lines, LOAD),
                value(lines, PREFILL),
                value(lines, TTFT),
                value(lines, DECODE),
                value(lines, LATENCY));
    }

    private static OptionalDouble value(List<String> lines, Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> Numbers.positive(matcher.group(1)))
                .findFirst()
                .orElse(OptionalDouble.empty());
    }
}
