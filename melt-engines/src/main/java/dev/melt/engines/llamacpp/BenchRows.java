package dev.melt.engines.llamacpp;

import dev.melt.engines.answer.ProcessOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * llama-bench's {@code -o csv} and {@code -o sql}: a row of quoted values a test, with the mean of its repetitions. The
 * mean time stands for one turn, so that its rate is all tokens by all time.
 */
final class BenchRows implements OutputForm {
    private static final Pattern HEADER = Pattern.compile("\\bbuild_commit,[a-z_,]*\\bavg_ns,[a-z_,]+");
    private static final Pattern INSERT =
            Pattern.compile("INSERT INTO \\w+ \\((build_commit[^)]*)\\) VALUES \\((.*?)(?:\\);|$)");
    private static final Pattern CSV_VALUE = Pattern.compile("\"((?:[^\"]|\"\")*)\"(?:,|$)");
    private static final Pattern SQL_VALUE = Pattern.compile("'((?:[^']|'')*)'(?:, |$)");

    @Override
    public Optional<Findings> read(ProcessOutput output) {
        List<Map<String, String>> rows = new ArrayList<>();
        boolean cut = false;
        List<String> columns = List.of();
        for (String line : output.lines()) {
            Matcher header = HEADER.matcher(line);
            Matcher insert = INSERT.matcher(line);
            if (insert.find()) {
                cut |= !add(List.of(insert.group(1).split(", ")), values(SQL_VALUE, insert.group(2)), rows);
            } else if (header.find()) {
                columns = List.of(header.group().split(","));
            } else if (!columns.isEmpty() && line.contains("\",\"")) {
                cut |= !add(columns, values(CSV_VALUE, line.substring(line.indexOf('"'))), rows);
            }
        }
        List<BenchTest> tests = rows.stream()
                .flatMap(row -> BenchTest.of(row, List.of()).stream())
                .toList();
        if (tests.isEmpty()) {
            return cut ? Optional.of(Findings.cut("the end of llama-bench's first row")) : Optional.empty();
        }
        Findings findings = BenchTest.findings(tests, BenchTest.facts(rows.get(0)));
        return Optional.of(cut ? findings.cutOffWithout("the end of llama-bench's last row") : findings);
    }

    private static List<String> values(Pattern value, String row) {
        return value.matcher(row)
                .results()
                .map(match -> match.group(1).replace("\"\"", "\"").replace("''", "'"))
                .toList();
    }

    private static boolean add(List<String> columns, List<String> values, List<Map<String, String>> rows) {
        if (columns.size() != values.size()) {
            return false;
        }
        Map<String, String> row = new HashMap<>();
        IntStream.range(0, columns.size()).forEach(i -> row.put(columns.get(i).strip(), values.get(i)));
        return rows.add(row);
    }
}
