package dev.melt.engines.mnn;

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
import dev.melt.engines.answer.FigureReader;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.ask.ScriptShape;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.UsualThreads;
import dev.melt.engines.failure.FailureNames;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** MNN: {@code llm_bench} for counts of tokens, {@code llm_demo} for prompts. A model is a folder of files. Stateless. */
public final class MnnEngine implements EngineAdapter {
    /** A prompt file that begins so is taken for an examination, which prints no figures. */
    private static final String EXAMINATION = "id,question,A,B,C,D,answer";

    private static final TurnsReading READING = new TurnsReading(
            "mnn",
            "the whole block of llm_demo, or llm_bench's rates of prefill and decode apart",
            FailureNames.SHARED
                    .then("bad_option", "Parse arguments error")
                    .then("model_corrupt", "LLM init error|Load (?:module|model) (?:error|failed)")
                    .then("backend_runtime", "failed due to internal error|\\[MNN_BENCH_ERROR\\]")
                    .then("backend_init", "Can't (?:Find|find|open).*(?:type|backend)|application failed to launch"),
            FigureReader.firstOf(new BenchOutput(), new DemoBlock(), new PhoneAverages()));

    @Override
    public String name() {
        return "mnn";
    }

    @Override
    public String describe() {
        return "MNN: CPU, GPU and NPU; llm_bench and llm_demo, and the model's smaller files, from a bundle";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        boolean counts = takesCounts(job);
        ScriptShape shape = new ScriptShape(name(), device.name(), job.script());
        return shape.separateTurns()
                .or(shape::oneKind)
                .or(shape::emptyContext)
                .or(() -> new ToolBundle(job.bundle()).missing(counts ? MnnCommands.BENCH : MnnCommands.DEMO))
                .or(() -> rules(counts).problem(device.name(), job.settings()))
                .or(() -> counts ? Optional.empty() : prompts(job))
                .or(() -> operators(job))
                .or(() -> new MnnFolder(job, new Placement("", "")).problem());
    }

    private static boolean takesCounts(EngineJob job) {
        return job.script().conversations().get(0).turns().get(0) instanceof Request.Tokens;
    }

    /** Whether the benchmark stops at an end of sequence differs from version to version, so that nothing is promised of it. */
    private static SettingRules rules(boolean counts) {
        SettingRules rules = SettingRules.of(counts ? MnnCommands.BENCH : MnnCommands.DEMO)
                .any(Setting.THREADS, Setting.MMAP)
                .taking(Setting.BACKEND, "cpu", "gpu", "npu")
                .taking(Setting.TEMPERATURE, "0")
                .taking(Setting.WARMUP, counts ? "true" : "false");
        return counts ? rules : rules.taking(Setting.IGNORE_EOS, "false");
    }

    private static Optional<Problem> prompts(EngineJob job) {
        boolean readable = job.script().conversations().stream()
                .map(Conversation::turns)
                .flatMap(List::stream)
                .map(turn -> ((Request.Text) turn).prompt())
                .allMatch(prompt -> prompt.indexOf('\n') < 0
                        && prompt.indexOf('\r') < 0
                        && !prompt.startsWith("#")
                        && !prompt.equals(EXAMINATION));
        return readable
                ? Optional.empty()
                : Optional.of(new Problem(
                        "prompt for llm_demo",
                        "one line expected that does not begin with #",
                        "another one found",
                        "take prompts without line ends, or another --engine"));
    }

    private static Optional<Problem> operators(EngineJob job) {
        return job.perOperator()
                ? Optional.of(new Problem(
                        "timing of operators",
                        "an engine that prints each call expected",
                        "mnn prints averages over a whole test only",
                        "leave it out, or take another --engine"))
                : Optional.empty();
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        boolean counts = takesCounts(job);
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.THREADS, UsualThreads.of(device));
        defaults.put(Setting.BACKEND, job.bundle().backend());
        defaults.put(Setting.MMAP, "false");
        defaults.put(Setting.TEMPERATURE, "0");
        if (!counts) {
            defaults.put(Setting.IGNORE_EOS, "false");
        }
        defaults.put(Setting.WARMUP, Boolean.toString(counts));
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        return new MnnCommands(job, placement).invocation();
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return READING.read(output);
    }
}
