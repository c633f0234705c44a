package dev.melt.engines.meltfork;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MELT's fork of llama.cpp: {@code main} of March 2024, which writes down when it decoded. One process a prompt; the file is
 * written only when the program is interrupted while it waits for more to be typed, so the trial's script does that.
 * Stateless.
 */
public final class MeltForkEngine implements EngineAdapter {
    private static final String NAME = "melt-llama.cpp";
    private static final String PER_LAYER = "BENCHMARK_PER_LAYER";
    private static final long SMALLEST_CONTEXT = 512;
    private static final long CONTEXT_STEP = 256;

    /** {@code main} keeps so many places of the context free. */
    private static final int SPARE = 8;

    private static final String SCRIPT = """
            program=$1
            shift
            while read -r turn generate; do
              # an open end, so that the program waits for a next prompt instead of answering an empty one
              ( sleep 86400 & echo $! >hold.$turn; wait ) |
                "$program" "$@" --log-disable -i --simple-io -f prompt.$turn -n "$generate" \\
                  --timings-file events.$turn >out.$turn 2>err.$turn &
              engine=$!
              until grep -q 'llama_print_timings:       total time' out.$turn || ! kill -0 $engine 2>/dev/null; do
                sleep 1
              done
              sleep 1
              kill -INT $engine 2>/dev/null
              sleep 1
              kill "$(cat hold.$turn)" 2>/dev/null
              wait $engine
              code=$?
              echo $code >rc.$turn
              # what went wrong it says only with its log on, which costs time at each token
              [ $code = 130 ] || "$program" "$@" -f prompt.$turn -n 1 </dev/null >/dev/null 2>>err.$turn
              rm -f hold.$turn main*.log
            done <turns
            exit 0
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "MELT's fork of llama.cpp (March 2024) with its file of event times";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(NAME, device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        String subject = "[" + device.name() + "] engine " + NAME;
        if (job.bundle().tool("main").isEmpty()) {
            return problem(subject, "a program 'main' in the bundle needed", "none there", "build the target main");
        }
        Optional<String> unsupported =
                ForkOptions.unsupported(job.settings(), job.bundle().backend());
        if (unsupported.isPresent()) {
            return problem(
                    subject,
                    "settings that a llama.cpp of March 2024 has, for backend "
                            + job.bundle().backend() + ", needed",
                    "asked for " + unsupported.get(),
                    "leave them out, or use engine llama.cpp");
        }
        boolean perLayer = job.bundle().build().entrySet().stream()
                .anyMatch(entry -> (entry.getKey() + entry.getValue()).contains(PER_LAYER));
        if (job.perOperator() && !perLayer) {
            return problem(
                    subject,
                    "a build that times operators needed",
                    "its bundle.yaml does not say so",
                    "build it with -D" + PER_LAYER + "=1 and write that under build");
        }
        return workload(subject, job.script());
    }

    private static Optional<Problem> workload(String subject, Script script) {
        if (script.repeatFor().isPresent()) {
            return problem(subject, "a number of turns needed", "a time to repeat for found", "give turns instead");
        }
        for (Conversation conversation : script.conversations()) {
            if (conversation.chat() || conversation.turns().size() > 1) {
                return problem(
                        subject,
                        "prompts that each stand alone, without a chat template, needed",
                        "conversation " + conversation.id() + " has "
                                + conversation.turns().size() + " turns"
                                + (conversation.chat() ? " of chat" : ""),
                        "use a prompt set, or engine llama.cpp");
            }
            if (!(conversation.turns().get(0) instanceof Request.Text)) {
                return problem(
                        subject,
                        "prompts of text needed",
                        "numbers of tokens found",
                        "use a prompt set, or llama-bench with engine llama.cpp");
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> problem(String subject, String expectation, String finding, String remedy) {
        return Optional.of(new Problem(subject, expectation, finding, remedy));
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        long needed = job.script().contextTokens() + SPARE;
        long context = Math.max(SMALLEST_CONTEXT, (needed + CONTEXT_STEP - 1) / CONTEXT_STEP * CONTEXT_STEP);
        defaults.put(Setting.THREADS, device.facts().getOrDefault("cores", "1"));
        defaults.put(Setting.CONTEXT, Long.toString(context));
        defaults.put(Setting.BATCH, "512");
        defaults.put(Setting.SEED, "42");
        defaults.put(Setting.TEMPERATURE, "0");
        defaults.put(Setting.REPEAT_PENALTY, "1");
        defaults.put(Setting.IGNORE_EOS, "true");
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        Bundle bundle = job.bundle();
        String program = placement.file(bundle.tool("main").orElseThrow().name());
        List<String> command = new ArrayList<>(List.of("sh", "turns.sh", program, "-m", placement.model()));
        command.addAll(ForkOptions.of(job.settings()));
        Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", "C"));
        bundle.environment()
                .forEach((key, value) -> environment.put(key, value.replace("{bundle}", placement.bundle())));
        return new Invocation(command, environment, inputs(job));
    }

    private static Map<String, String> inputs(EngineJob job) {
        Map<String, String> inputs = new HashMap<>();
        StringBuilder turns = new StringBuilder();
        int total = job.script().totalTurns().orElseThrow();
        for (int turn = 0; turn < total; turn++) {
            if (!job.finished().containsKey(turn) && job.script().turn(turn).request() instanceof Request.Text text) {
                inputs.put("prompt." + turn, text.prompt());
                turns.append(turn).append(' ').append(text.generate()).append('\n');
            }
        }
        inputs.put("turns", turns.toString());
        inputs.put("turns.sh", SCRIPT);
        return inputs;
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return MeltForkReading.read(output);
    }
}
