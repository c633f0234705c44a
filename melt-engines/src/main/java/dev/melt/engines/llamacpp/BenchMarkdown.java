package dev.melt.engines.llamacpp;

import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** llama-bench's table for people: a mean rate a test and nothing about times. */
final class BenchMarkdown implements OutputForm {
    private static final Pattern TEST =
            Pattern.compile("(?:pp ?([0-9]{1,9}))?\\+?(?:tg ?([0-9]{1,9}))?(?: @ d([0-9]{1,9}))?");
    private static final Pattern RATE = Pattern.compile(Numbers.NUMBER);
    private static final Pattern BUILD = Pattern.compile("\\bbuild: ([0-9a-f]{6,40}) \\(([1-9][0-9]{0,8})\\)");

    @Override
    public Optional<Findings> read(ProcessOutput output) {
        Optional<MarkdownTable> table = MarkdownTable.in(output.lines(), "model", "test", "t/s");
        if (table.isEmpty()) {
            return Optional.empty();
        }
        List<BenchTest> tests =
                table.get().rows().stream().flatMap(row -> test(row).stream()).toList();
        if (tests.isEmpty()) {
            return table.get().cutOff()
                    ? Optional.of(Findings.cut("the end of llama-bench's first row"))
                    : Optional.empty();
        }
        Findings findings = BenchTest.findings(tests, facts(table.get(), output));
        return Optional.of(
                table.get().cutOff() ? findings.cutOffWithout("the end of llama-bench's last row") : findings);
    }

    private static Optional<BenchTest> test(Map<String, String> row) {
        Matcher test = TEST.matcher(row.getOrDefault("test", ""));
        Matcher rate = RATE.matcher(row.getOrDefault("t/s", ""));
        if (!test.matches() || (test.group(1) == null && test.group(2) == null)) {
            return Optional.empty();
        }
        Map<String, String> settings = new HashMap<>();
        row.forEach((column, value) -> BenchTest.setting(column, value)
                .ifPresent(setting -> settings.put(setting.getKey(), setting.getValue())));
        return Optional.of(new BenchTest(
                count(test, 1),
                count(test, 2),
                count(test, 3),
                new ArrayList<>(),
                rate.find() ? Numbers.positive(rate.group(1)) : OptionalDouble.empty(),
                settings));
    }

    private static int count(Matcher test, int group) {
        return test.group(group) == null ? 0 : Integer.parseInt(test.group(group));
    }

    private static Map<String, String> facts(MarkdownTable table, ProcessOutput output) {
        Map<String, String> facts = new HashMap<>();
        Map<String, String> first = table.rows().get(0);
        facts.put("model.type", first.get("model"));
        Optional.ofNullable(first.get("backend")).ifPresent(backends -> facts.put("engine.backends", backends));
        output.all().last(BUILD).ifPresent(build -> {
            facts.put("engine.commit", build.group(1));
            facts.put("engine.version", "b" + build.group(2));
        });
        return facts;
    }
}
