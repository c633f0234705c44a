package dev.melt.engines.mnn;

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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The lines of the iPhone app that runs the benchmark without a hand: averages over repetitions, and a line at the end. */
final class PhoneAverages implements FigureReader {
    private static final Pattern AVERAGE = Pattern.compile(
            "\\[MNN_BENCH\\] avg .*?prefill_tok_s=" + Numbers.NUMBER + ".*?decode_tok_s=" + Numbers.NUMBER);
    private static final Pattern BACKEND = Pattern.compile("\\[MNN_BENCH\\] avg .*?backend=(\\w{1,20})");
    private static final Pattern DONE = Pattern.compile("\\[MNN_BENCH_DONE\\]");

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        ConsoleText text = process.all();
        List<BenchTest> tests = new ArrayList<>();
        for (MatchResult match : text.all(AVERAGE)) {
            tests.add(new BenchTest(1, 1, rate(match.group(1)), rate(match.group(2)), OptionalDouble.empty()));
        }
        if (tests.isEmpty() || !text.has(DONE) || !tests.stream().allMatch(BenchTest::isMeasured)) {
            return Optional.empty();
        }
        text.last(BACKEND).ifPresent(match -> log.fact("engine.backend", match.group(1)));
        tests.forEach(test -> test.addTo(spans, log));
        return FigureReader.upTo(process, DONE);
    }

    /** How often it was repeated is not said: never a rate from which a time may be taken. */
    private static Optional<Rate> rate(String printed) {
        OptionalDouble value = Numbers.positive(printed);
        return value.isPresent() ? Optional.of(new Rate(value.getAsDouble(), Double.MIN_VALUE)) : Optional.empty();
    }
}
