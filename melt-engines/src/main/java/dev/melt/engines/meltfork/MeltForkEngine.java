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
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.ScriptShape;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.TurnScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * MELT's fork of llama.cpp: {@code main} of March 2024, which writes down when it decoded. One process a prompt; the file is
 * written only when the program is interrupted while it waits for more to be typed, so the trial's script does that.
 * Stateless.
 */
public final class MeltForkEngine implements EngineAdapter {
    private static final String NAME = "melt-llama.cpp";
    private static final String PROGRAM = "main";
    private static final String PER_LAYER = "BENCHMARK_PER_LAYER";
    private static final long SMALLEST_CONTEXT = 512;
    private static final long CONTEXT_STEP = 256;

    /** {@code main} keeps so many places of the context free. */
    private static final int SPARE = 8;

    private static final String ASK = """
            ask() {
                generate=$1
                shift
                # an open end, so that the program waits for a next prompt instead of answering an empty one
                ( sleep 86400 & echo $! >hold.$N; wait ) |
                    "$@" --log-disable -i --simple-io -f prompt.$N -n "$generate" \\
                        --timings-file events.$N >out.$N 2>err.$N &
                engine=$!
                until grep -q 'llama_print_timings:       total time' out.$N || ! kill -0 $engine 2>/dev/null; do
                    sleep 1
                done
                sleep 1
                kill -INT $engine 2>/dev/null
                sleep 1
                kill "$(cat hold.$N)" 2>/dev/null
                wait $engine
                RC=$?
                [ $RC -ne 130 ] || RC=0
                # what went wrong it says only with its log on, which costs time at each token
                [ $RC -eq 0 ] || "$@" -f prompt.$N -n 1 </dev/null >/dev/null 2>>err.$N
                rm -f hold.$N main*.log
            }
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
        ScriptShape shape = new ScriptShape(NAME, device.name(), job.script());
        return new ToolBundle(job.bundle())
                .missing(PROGRAM)
                .or(() -> ForkOptions.rules(NAME, job.bundle().backend()).problem(device.name(), job.settings()))
                .or(() -> perLayer(job))
                .or(shape::separateTurns)
                .or(shape::withoutTemplate)
                .or(shape::textOnly);
    }

    private static Optional<Problem> perLayer(EngineJob job) {
        boolean perLayer = job.bundle().build().entrySet().stream()
                .anyMatch(entry -> (entry.getKey() + entry.getValue()).contains(PER_LAYER));
        return !job.perOperator() || perLayer
                ? Optional.empty()
                : Optional.of(new Problem(
                        "bundle '" + job.bundle().name() + "' of " + NAME,
                        "a build that times operators expected",
                        "its bundle.yaml does not say so",
                        "build it with -D" + PER_LAYER + "=1 and write that under build"));
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
        ToolBundle tools = new ToolBundle(job.bundle());
        List<String> words = new ArrayList<>(List.of(tools.path(placement, PROGRAM), "-m", placement.model()));
        words.addAll(ForkOptions.of(job.settings()));
        TurnScript script = TurnScript.endingWithACrash().lines(ASK);
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            script.file("prompt." + turn.number(), OpenTurns.text(turn).prompt())
                    .begin(turn.number())
                    .lines("ask " + turn.request().generate() + " " + TurnScript.quoted(words))
                    .end();
        }
        return script.invocation(tools.environment(placement));
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return MeltForkReading.read(output);
    }
}
