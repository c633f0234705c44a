package dev.melt.engines.llamacpp;

import dev.melt.core.event.EnginePerf;
import dev.melt.engines.answer.ProcessOutput;
import dev.melt.engines.span.TurnSpans;
import dev.melt.engines.text.Numbers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * llama-server's log, which the Java binding de.kherud:llama prints too: three lines of timings a request, bare or each
 * behind the name of its slot and task. Its N tokens, in 2023 called runs, took N - 1 steps.
 */
final class ServerLog implements OutputForm {
    private static final Pattern TASK = Pattern.compile("task (?:id = )?([0-9]{1,9})\\b");
    private static final Pattern PROMPT_TOKENS = Pattern.compile("(?:n_prompt_tokens|task\\.n_tokens) = ([0-9]{1,9})");
    private static final Pattern TOO_LONG =
            Pattern.compile("input truncated, .*|request \\([0-9]+ tokens\\) exceeds the available context size.*");
    /** The blocks of the other programs. */
    private static final Pattern LIBRARY = Pattern.compile("llama_print_timings|perf_context_print|common_perf_print");

    private static final Pattern PREFILL = Pattern.compile("prompt eval time\\s*=\\s*" + Numbers.NUMBER
            + " ms\\s*/\\s*([0-9]{1,9}) tokens(?:.*?" + Numbers.NUMBER + " tokens per second)?");
    private static final Pattern DECODE = Pattern.compile("(?<!prompt )\\beval time\\s*=\\s*" + Numbers.NUMBER
            + " ms\\s*/\\s*([0-9]{1,9}) (?:tokens|runs)(?:.*?" + Numbers.NUMBER + " tokens per second)?");

    @Override
    public Optional<Findings> read(ProcessOutput output) {
        Tasks tasks = new Tasks();
        output.lines().forEach(tasks::line);
        if (!tasks.isServer) {
            return Optional.empty();
        }
        boolean cut = tasks.prefill.isPresent();
        Findings findings = Findings.ofTurns(tasks.turns.values().stream().toList());
        return tasks.turns.isEmpty() && !cut
                ? Optional.empty()
                : Optional.of(cut ? findings.cutOffWithout("the eval time of llama-server's last request") : findings);
    }

    /** Reads line by line; used once. */
    private static final class Tasks {
        private final Map<String, TurnFinding> turns = new LinkedHashMap<>();
        private String task = "0";
        private int promptTokens;
        private Optional<EnginePerf.Phase> prefill = Optional.empty();
        private boolean isServer;

        void line(String line) {
            Matcher named = TASK.matcher(line);
            if (named.find() && !named.group(1).equals(task)) {
                task = named.group(1);
                promptTokens = 0;
            }
            Matcher prompt = PROMPT_TOKENS.matcher(line);
            if (prompt.find() && promptTokens == 0) {
                promptTokens = Integer.parseInt(prompt.group(1));
            }
            Matcher tooLong = TOO_LONG.matcher(line);
            if (tooLong.find()) {
                isServer = true;
                turns.put(task, new TurnFinding.Failed("prompt_too_long", tooLong.group()));
            }
            boolean ofLibrary = LIBRARY.matcher(line).find();
            isServer |= line.contains("print_timing") && !ofLibrary;
            if (isServer && !ofLibrary) {
                timings(line);
            }
        }

        private void timings(String line) {
            Matcher evaluated = PREFILL.matcher(line);
            if (evaluated.find()) {
                prefill = Optional.of(phase(evaluated));
                return;
            }
            Matcher decoded = DECODE.matcher(line);
            if (decoded.find() && prefill.isPresent()) {
                EnginePerf.Phase decode = phase(decoded);
                // the number keeps requests apart that a log without tasks does not tell apart
                String key = turns.containsKey(task) ? task + "." + turns.size() : task;
                if (!(turns.get(task) instanceof TurnFinding.Failed)
                        && prefill.get().seconds().isPresent()) {
                    turns.put(key, turn(prefill.get(), decode));
                }
                prefill = Optional.empty();
            }
        }

        private TurnFinding turn(EnginePerf.Phase prompt, EnginePerf.Phase decode) {
            int generated = decode.tokens().orElse(0);
            boolean steps = generated > 1 && decode.seconds().isPresent();
            int evaluated = prompt.tokens().orElse(0);
            TurnSpans spans = new TurnSpans(
                    prompt.tokens(),
                    prompt.seconds(),
                    prompt.seconds(),
                    steps ? OptionalInt.of(generated - 1) : OptionalInt.empty(),
                    steps ? decode.seconds() : OptionalDouble.empty(),
                    generated,
                    0,
                    Math.max(0, promptTokens - evaluated));
            return new TurnFinding.Timed(spans, prompt, steps ? decode : EnginePerf.Phase.NONE);
        }

        private static EnginePerf.Phase phase(Matcher line) {
            OptionalDouble millis = Numbers.positive(line.group(1));
            return new EnginePerf.Phase(
                    millis.isPresent() ? OptionalDouble.of(millis.getAsDouble() / 1e3) : OptionalDouble.empty(),
                    Numbers.count(line.group(2)),
                    line.group(3) == null ? OptionalDouble.empty() : Numbers.positive(line.group(3)));
        }
    }
}
