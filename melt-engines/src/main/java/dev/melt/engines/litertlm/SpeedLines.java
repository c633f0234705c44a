package dev.melt.engines.litertlm;

import dev.melt.core.event.EventLogBuilder;
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.Figures;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.SpanLayout;
import dev.melt.engines.text.ConsoleText;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Rates with the numbers of tokens named apart from them: the Python command line's results, and the C++ programs' log where it
 * goes to a file of its own.
 */
final class SpeedLines implements FigureReader {
    private static final Pattern PREFILL =
            Pattern.compile("Prefill speed(?: turn [0-9]+)?:\\s*" + Numbers.NUMBER + "\\s*(?:tokens/s|tk/s)");
    private static final Pattern DECODE =
            Pattern.compile("Decode speed(?: turn [0-9]+)?:\\s*" + Numbers.NUMBER + "\\s*(?:tokens/s|tk/s)");
    private static final Pattern INIT = Pattern.compile("Init (time|Total):\\s*" + Numbers.NUMBER + "\\s*(ms|s)\\b");
    private static final Pattern FIRST = Pattern.compile("Time to first token:\\s*" + Numbers.NUMBER + "\\s*s\\b");
    private static final Pattern PROMPT_TOKENS =
            Pattern.compile("(?:Number of tokens in prefill\\s*:\\s*|benchmark_prefill_tokens=)([0-9]{1,9})");
    private static final Pattern DECODE_TOKENS =
            Pattern.compile("(?:Number of tokens in decode\\s*:\\s*|benchmark_decode_tokens=)([0-9]{1,9})");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        ConsoleText text = process.all();
        List<MatchResult> prefills = text.all(PREFILL);
        List<MatchResult> decodes = text.all(DECODE);
        List<Measured> turns = new ArrayList<>();
        for (int i = 0; i < Math.min(prefills.size(), decodes.size()); i++) {
            turns.add(new Measured(
                    Measured.Phase.of(
                            count(text, PROMPT_TOKENS),
                            Numbers.positive(prefills.get(i).group(1))),
                    Measured.Phase.of(
                            count(text, DECODE_TOKENS),
                            Numbers.positive(decodes.get(i).group(1))),
                    i == 0 ? first(text) : OptionalDouble.empty()));
        }
        if (turns.isEmpty()
                || prefills.size() != decodes.size()
                || !text.has(FIRST)
                || !turns.stream().allMatch(Measured::isWhole)) {
            return Optional.empty();
        }
        text.first(INIT)
                .ifPresent(match -> Numbers.positive(match.group(2))
                        .ifPresent(value -> spans.load(match.group(3).equals("ms") ? value / 1e3 : value)));
        turns.forEach(turn -> turn.addTo(spans, log));
        ProgramLog.facts(text, log);
        return FigureReader.upTo(process, DECODE);
    }

    private static OptionalDouble first(ConsoleText text) {
        return text.first(FIRST).map(match -> Numbers.positive(match.group(1))).orElse(OptionalDouble.empty());
    }

    private static OptionalInt count(ConsoleText text, Pattern pattern) {
        return text.last(pattern).map(match -> Numbers.count(match.group(1))).orElse(OptionalInt.empty());
    }
}
