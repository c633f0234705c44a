package dev.melt.engines.mllm;

import dev.melt.core.event.EnginePerf;
import dev.melt.core.event.EventLogBuilder;
import dev.melt.core.event.StatedFigure;
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
 * {@code main_qwen_npu}: the time of prefill, then a block for the NPU's model, whose token time is not a number, and one for the
 * CPU's, which decodes. Both models are loaded before the prompt. How many tokens there were is mostly not said.
 */
final class ExecutorBlocks implements FigureReader {
    private static final Pattern PREFILL = Pattern.compile("prefill time:\\s*" + Numbers.NUMBER + "\\s*ms");
    private static final Pattern LENGTH = Pattern.compile("real_seq_length:\\s*([0-9]{1,9})");
    private static final Pattern LOAD = Pattern.compile("load time:\\s*" + Numbers.NUMBER + "\\s*ms");
    private static final Pattern TOKEN = Pattern.compile("token time:\\s*" + Numbers.NUMBER + "\\s*ms");
    private static final Pattern SPEED = Pattern.compile("inference speed:\\s*" + Numbers.NUMBER + "\\s*tokens/s");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        ConsoleText text = process.all();
        OptionalDouble tokenMillis = last(text, TOKEN);
        OptionalDouble rate = last(text, SPEED);
        if (rate.isEmpty() || tokenMillis.isEmpty() || !text.has(LOAD)) {
            return Optional.empty();
        }
        load(text, spans, log);
        OptionalDouble prefill = last(text, PREFILL);
        OptionalInt tokens =
                text.last(LENGTH).map(match -> Numbers.count(match.group(1))).orElse(OptionalInt.empty());
        boolean counted = prefill.isPresent() && tokens.orElse(0) > 0;
        int turn = spans.turn(
                counted ? TurnSpans.prefill(tokens.getAsInt(), prefill.getAsDouble() / 1e3) : TurnSpans.unknown());
        if (!counted && prefill.isPresent()) {
            log.add(StatedFigure.ofTurn("prefill_time", turn, prefill.getAsDouble() / 1e3));
        }
        log.add(StatedFigure.ofTurn("decode_rate", turn, rate.getAsDouble()));
        log.add(StatedFigure.ofTurn("tpot", turn, tokenMillis.getAsDouble() / 1e3));
        log.add(new EnginePerf(turn, EnginePerf.Phase.NONE, EnginePerf.Phase.ofRate(rate.getAsDouble())));
        return FigureReader.upTo(process, SPEED);
    }

    private static void load(ConsoleText text, SpanLayout spans, EventLogBuilder log) {
        List<MatchResult> loads = text.all(LOAD);
        double millis = loads.stream()
                .mapToDouble(match -> Numbers.positive(match.group(1)).orElse(0))
                .sum();
        if (millis > 0) {
            spans.load(millis / 1e3);
        }
        if (loads.size() == 2) {
            log.fact("engine.load_npu_ms", loads.get(0).group(1));
            log.fact("engine.load_cpu_ms", loads.get(1).group(1));
        }
    }

    private static OptionalDouble last(ConsoleText text, Pattern pattern) {
        return text.last(pattern).map(match -> Numbers.positive(match.group(1))).orElse(OptionalDouble.empty());
    }
}
