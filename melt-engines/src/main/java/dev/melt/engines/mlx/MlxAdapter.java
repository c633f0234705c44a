package dev.melt.engines.mlx;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
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
import dev.melt.core.workload.Request;
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.ask.ModelFolder;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.ScriptShape;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.TurnScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * MLX on a Mac: numbers of tokens through mlx_lm.benchmark, prompts of text through mlx_lm.generate or the Swift example's
 * llm-tool, one process a turn.
 */
public final class MlxAdapter implements EngineAdapter {
    private static final String MARKER = "config.json";
    private static final TurnsReading READING =
            new TurnsReading("mlx", "figures of mlx_lm or llm-tool", MlxReader.FAILURES, new MlxReader());

    @Override
    public String name() {
        return "mlx";
    }

    @Override
    public String describe() {
        return "MLX on Apple silicon: mlx_lm.benchmark and mlx_lm.generate, or llm-tool of the Swift examples";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        ScriptShape shape = new ScriptShape(name(), device.name(), job.script());
        ToolBundle tools = new ToolBundle(job.bundle());
        boolean counts = counts(job);
        return platform(device)
                .or(() -> new ModelFolder(job, MARKER).problem(device, name()))
                .or(() -> counts
                        ? tools.missing(MlxCommand.BENCHMARK)
                        : tools.missing(MlxCommand.GENERATE, MlxCommand.SWIFT))
                .or(() -> rules(job, counts).problem(device.name(), job.settings()))
                .or(shape::separateTurns)
                .or(counts ? () -> counted(shape) : () -> texts(shape, job));
    }

    private static Optional<Problem> platform(Device device) {
        return device.platform() == Platform.MACOS
                ? Optional.empty()
                : Optional.of(new Problem(
                        "[" + device.name() + "] engine mlx",
                        "a Mac expected",
                        device.platform() + " found",
                        "run melt on the Mac, or take another engine"));
    }

    private static Optional<Problem> counted(ScriptShape shape) {
        return shape.tokensOnly().or(shape::emptyContext).or(shape::bothPhases);
    }

    private static Optional<Problem> texts(ScriptShape shape, EngineJob job) {
        return shape.textOnly().or(() -> MlxCommand.swift(job.bundle()) ? shape.withTemplate() : Optional.empty());
    }

    private static boolean counts(EngineJob job) {
        return job.script().turn(0).request() instanceof Request.Tokens;
    }

    private SettingRules rules(EngineJob job, boolean counts) {
        String device = "MLX computes on the GPU; leave it out";
        SettingRules rules = SettingRules.of(name()).only(Setting.BACKEND, device, "gpu");
        if (counts) {
            return rules.any(Setting.UBATCH)
                    .only(Setting.SEED, "mlx_lm.benchmark always begins with seed 0", "0")
                    .only(Setting.TEMPERATURE, "mlx_lm.benchmark takes the most likely token", "0")
                    .only(Setting.IGNORE_EOS, "mlx_lm.benchmark always generates the full length", "true")
                    .only(Setting.WARMUP, "mlx_lm.benchmark always warms up", "true");
        }
        SettingRules texts = rules.any(Setting.SEED, Setting.TEMPERATURE, Setting.TOP_P)
                .only(Setting.IGNORE_EOS, "a text's answer ends where the model ends it; take a token grid", "false")
                .only(Setting.WARMUP, "a process of one prompt does not warm up; take a token grid", "false");
        return MlxCommand.swift(job.bundle()) ? texts : texts.any(Setting.TOP_K, Setting.MIN_P, Setting.CONTEXT);
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        boolean counts = counts(job);
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.BACKEND, "gpu");
        defaults.put(Setting.SEED, counts ? "0" : "42");
        defaults.put(Setting.TEMPERATURE, "0");
        defaults.put(Setting.IGNORE_EOS, Boolean.toString(counts));
        defaults.put(Setting.WARMUP, Boolean.toString(counts));
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        MlxCommand commands = new MlxCommand(job, placement, new ModelFolder(job, MARKER).path(placement));
        TurnScript script = TurnScript.endingWithAFailure();
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            int number = turn.number();
            if (turn.request() instanceof Request.Text text) {
                String prompt = MlxCommand.prompt(number);
                List<String> command =
                        commands.text(number, text, turn.conversation().chat());
                script.file(prompt, text.prompt())
                        .begin(number, prompt)
                        .run(command)
                        .end();
            } else if (turn.request() instanceof Request.Tokens tokens) {
                script.turn(number, commands.benchmark(tokens));
            }
        }
        return script.invocation(new ToolBundle(job.bundle()).environment(placement));
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return READING.read(output);
    }
}
