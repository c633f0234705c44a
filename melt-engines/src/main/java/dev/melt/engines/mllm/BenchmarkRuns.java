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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code mllm-llm-benchmark}: each run prints its TTFT and two rates, and the averages after the runs of a test name its lengths.
 * The rate of decoding counts all G tokens over the time from the first to the last, in which there are G - 1 passes; that is put
 * right here. The averages are not read: the engine divides by three however many runs there were.
 */
final class BenchmarkRuns implements FigureReader {
    private static final Pattern TTFT = Pattern.compile("(Average )?TTFT\\s*:\\s*" + Numbers.NUMBER + "\\s*ms");
    private static final Pattern PREFILL =
            Pattern.compile("(Average )?Prefill Speed\\s*:\\s*" + Numbers.NUMBER + "\\s*tokens/s");
    private static final Pattern DECODE =
            Pattern.compile("(Average )?Decode Speed\\s*:\\s*" + Numbers.NUMBER + "\\s*tokens/s");
    private static final Pattern LENGTHS = Pattern.compile("PP\\s*=\\s*([0-9]{1,7})\\s+TG\\s*=\\s*([0-9]{1,7})");
    private static final Pattern AVERAGE_DECODE = Pattern.compile("Average Decode Speed\\s*:");
    private static final Pattern VERSION = Pattern.compile("MLLM Build Version\\s*:\\s*(\\S{4,40})");
    private static final Pattern CACHE = Pattern.compile("Max Cache Length\\s*:\\s*([0-9]{1,9})");

    private record Run(OptionalDouble ttftMillis, OptionalDouble prefillRate, OptionalDouble decodeRate) {
        static final Run EMPTY = new Run(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    private record Test(int prompt, int generated, List<Run> runs) {
        boolean isMeasured() {
            return prompt > 0
                    && !runs.isEmpty()
                    && runs.stream().allMatch(run -> run.ttftMillis().isPresent())
                    && (generated < 2
                            || runs.stream().allMatch(run -> run.decodeRate().isPresent()));
        }
    }

    @Override
    public Optional<Figures> read(ProcessOutput process, SpanLayout spans, EventLogBuilder log) {
        List<Test> tests = tests(process.all());
        if (tests.isEmpty() || !tests.stream().allMatch(Test::isMeasured)) {
            return Optional.empty();
        }
        process.all().last(VERSION).ifPresent(match -> log.fact("engine.version", match.group(1)));
        process.all().last(CACHE).ifPresent(match -> log.effective("context", match.group(1)));
        tests.forEach(test -> test.runs().forEach(run -> add(test, run, spans, log)));
        return FigureReader.upTo(process, AVERAGE_DECODE);
    }

    /** A test counts when its averages are there too: without them the output was cut off. */
    private static List<Test> tests(ConsoleText text) {
        List<Test> tests = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        Run run = Run.EMPTY;
        Matcher lengths = LENGTHS.matcher("");
        for (String line : text.lines()) {
            Optional<Matcher> found = own(TTFT, line);
            if (found.isPresent()) {
                run = new Run(Numbers.positive(found.get().group(2)), OptionalDouble.empty(), OptionalDouble.empty());
            }
            found = own(PREFILL, line);
            if (found.isPresent()) {
                run = new Run(run.ttftMillis(), Numbers.positive(found.get().group(2)), OptionalDouble.empty());
            }
            found = own(DECODE, line);
            if (found.isPresent()) {
                runs.add(new Run(
                        run.ttftMillis(),
                        run.prefillRate(),
                        Numbers.positive(found.get().group(2))));
                run = Run.EMPTY;
            }
            if (LENGTHS.matcher(line).find()) {
                lengths = LENGTHS.matcher(line);
            }
            if (AVERAGE_DECODE.matcher(line).find() && lengths.reset().find()) {
                tests.add(new Test(
                        Integer.parseInt(lengths.group(1)), Integer.parseInt(lengths.group(2)), List.copyOf(runs)));
                runs.clear();
            }
        }
        return runs.isEmpty() ? tests : List.of();
    }

    private static Optional<Matcher> own(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() && matcher.group(1) == null ? Optional.of(matcher) : Optional.empty();
    }

    private static void add(Test test, Run run, SpanLayout spans, EventLogBuilder log) {
        double prefill = run.ttftMillis().getAsDouble() / 1e3;
        boolean decoded = test.generated() > 1;
        OptionalDouble seconds =
                decoded ? OptionalDouble.of(test.generated() / run.decodeRate().getAsDouble()) : OptionalDouble.empty();
        int turn = spans.turn(new TurnSpans(
                OptionalInt.of(test.prompt()),
                OptionalDouble.of(prefill),
                OptionalDouble.of(prefill),
                decoded ? OptionalInt.of(test.generated() - 1) : OptionalInt.empty(),
                seconds,
                test.generated(),
                0));
        log.add(new EnginePerf(
                turn,
                new EnginePerf.Phase(OptionalDouble.of(prefill), OptionalInt.of(test.prompt()), run.prefillRate()),
                decoded
                        ? new EnginePerf.Phase(seconds, OptionalInt.of(test.generated()), run.decodeRate())
                        : EnginePerf.Phase.NONE));
    }
}
