package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.melt.core.engine.Setting;
import dev.melt.core.event.EnginePerf;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.Numbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * llama-batched-bench: several sequences side by side. The prompt's rate is that of all sequences together; a decode step
 * gives each of them a token, so that MELT's decode rate is what one user sees and the engine's own what the machine does.
 */
final class BatchedBench implements OutputForm {
    @Override
    public Optional<Findings> read(ProcessOutput output) {
        return lines(output).or(() -> table(output));
    }

    private static Optional<Findings> lines(ProcessOutput output) {
        JsonObjects json = JsonObjects.in(output.all().text());
        List<TurnFinding> turns = new ArrayList<>();
        Map<String, String> facts = new HashMap<>();
        Map<String, String> effective = new HashMap<>();
        for (JsonNode record : json.having("pp", "tg", "pl", "t_pp", "t_tg")) {
            boolean shared = record.path("is_pp_shared").asInt() == 1;
            Row row = new Row(
                    record.path("pp").asInt(),
                    record.path("tg").asInt(),
                    record.path("pl").asInt(),
                    shared);
            row.turn(record.path("t_pp").asDouble(), record.path("t_tg").asDouble())
                    .ifPresent(turn -> {
                        facts.put("batched_bench.sequences." + turns.size(), Integer.toString(row.sequences()));
                        turns.add(turn);
                    });
            effective.put(Setting.THREADS.key(), record.path("n_threads").asText());
            effective.put(
                    Setting.THREADS_BATCH.key(), record.path("n_threads_batch").asText());
            effective.put(Setting.BATCH.key(), record.path("n_batch").asText());
            effective.put(Setting.UBATCH.key(), record.path("n_ubatch").asText());
            effective.put(Setting.CONTEXT.key(), record.path("n_kv_max").asText());
        }
        effective.values().removeIf(value -> !value.matches("-?[0-9]{1,9}"));
        boolean cut = json.breaksOffIn("\"n_kv_max\"");
        if (turns.isEmpty()) {
            return cut ? Optional.of(Findings.cut("the end of llama-batched-bench's first record")) : Optional.empty();
        }
        Findings findings = Findings.ofTurns(turns).with(facts, effective);
        return Optional.of(cut ? findings.cutOffWithout("the end of llama-batched-bench's last record") : findings);
    }

    private static Optional<Findings> table(ProcessOutput output) {
        Optional<MarkdownTable> table = MarkdownTable.in(output.lines(), "PP", "TG", "B", "S_PP t/s", "S_TG t/s");
        if (table.isEmpty()) {
            return Optional.empty();
        }
        boolean shared = output.lines().stream().anyMatch(line -> line.contains("is_pp_shared = 1"));
        List<TurnFinding> turns = new ArrayList<>();
        Map<String, String> facts = new HashMap<>();
        for (Map<String, String> cells : table.get().rows()) {
            Row row = new Row(count(cells, "PP"), count(cells, "TG"), count(cells, "B"), shared);
            // the table's rates have more digits than its times
            row.turn(
                            row.promptTokens() / rate(cells, "S_PP t/s"),
                            row.generate() * row.sequences() / rate(cells, "S_TG t/s"))
                    .ifPresent(turn -> {
                        facts.put("batched_bench.sequences." + turns.size(), Integer.toString(row.sequences()));
                        turns.add(turn);
                    });
        }
        Findings findings = Findings.ofTurns(turns).with(facts, Map.of());
        boolean cut = table.get().cutOff();
        return turns.isEmpty() && !cut
                ? Optional.empty()
                : Optional.of(cut ? findings.cutOffWithout("the end of llama-batched-bench's last row") : findings);
    }

    private static int count(Map<String, String> cells, String column) {
        return Numbers.count(cells.getOrDefault(column, "")).orElse(0);
    }

    private static double rate(Map<String, String> cells, String column) {
        return Numbers.positive(cells.getOrDefault(column, "")).orElse(0);
    }

    /** One line of either form: tokens of a prompt, tokens to generate, and how many sequences did so at once. */
    private record Row(int prompt, int generate, int sequences, boolean promptShared) {
        int promptTokens() {
            return promptShared ? prompt : prompt * sequences;
        }

        Optional<TurnFinding> turn(double prefillSeconds, double decodeSeconds) {
            boolean prefilled = promptTokens() > 0 && measured(prefillSeconds);
            boolean decoded = generate > 0 && sequences > 0 && measured(decodeSeconds);
            if (!prefilled && !decoded) {
                return Optional.empty();
            }
            TurnSpans spans = new TurnSpans(
                    prefilled ? OptionalInt.of(promptTokens()) : OptionalInt.empty(),
                    prefilled ? OptionalDouble.of(prefillSeconds) : OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    decoded ? OptionalInt.of(generate) : OptionalInt.empty(),
                    decoded ? OptionalDouble.of(decodeSeconds) : OptionalDouble.empty(),
                    decoded ? generate : 0,
                    0);
            return Optional.of(new TurnFinding.Timed(
                    spans,
                    prefilled ? EnginePerf.Phase.of(prefillSeconds, promptTokens()) : EnginePerf.Phase.NONE,
                    decoded ? EnginePerf.Phase.of(decodeSeconds, generate * sequences) : EnginePerf.Phase.NONE));
        }

        private static boolean measured(double seconds) {
            return seconds > 0 && Double.isFinite(seconds);
        }
    }
}
