package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.engines.answer.ProcessOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** llama-bench's {@code -o json} and {@code -o jsonl}: an object a test, with every repetition. */
final class BenchJson implements OutputForm {
    private static final double NANOS = 1e9;

    @Override
    public Optional<Findings> read(ProcessOutput output) {
        JsonObjects json = JsonObjects.in(output.all().text());
        List<JsonNode> records = json.having("n_prompt", "n_gen", "avg_ts");
        boolean cut = json.breaksOffIn("\"build_commit\"") || opensWithoutClosing(output);
        if (records.isEmpty()) {
            return cut && json.breaksOffIn("\"n_prompt\"")
                    ? Optional.of(Findings.cut("the end of llama-bench's first record"))
                    : Optional.empty();
        }
        List<BenchTest> tests = new ArrayList<>();
        records.forEach(record -> BenchTest.of(fields(record), samples(record)).ifPresent(tests::add));
        if (tests.isEmpty()) {
            return Optional.empty();
        }
        Findings findings = BenchTest.findings(tests, BenchTest.facts(fields(records.get(0))));
        return Optional.of(cut ? findings.cutOffWithout("the end of llama-bench's records") : findings);
    }

    private static boolean opensWithoutClosing(ProcessOutput output) {
        List<String> lines = output.out().lines().stream().map(String::strip).toList();
        return lines.contains("[") && !lines.contains("]");
    }

    private static Map<String, String> fields(JsonNode record) {
        Map<String, String> fields = new HashMap<>();
        record.properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    private static List<BenchTest.Sample> samples(JsonNode record) {
        List<BenchTest.Sample> samples = new ArrayList<>();
        JsonNode nanos = record.path("samples_ns");
        JsonNode rates = record.path("samples_ts");
        for (int i = 0; i < nanos.size(); i++) {
            double seconds = nanos.get(i).asDouble() / NANOS;
            if (seconds > 0) {
                double rate = rates.path(i).asDouble();
                samples.add(new BenchTest.Sample(
                        seconds, rate > 0 && Double.isFinite(rate) ? OptionalDouble.of(rate) : OptionalDouble.empty()));
            }
        }
        return samples;
    }
}
