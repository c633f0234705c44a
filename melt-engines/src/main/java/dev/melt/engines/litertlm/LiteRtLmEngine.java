package dev.melt.engines.litertlm;

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

/**
 * LiteRT-LM: {@code litert_lm_advanced_main} where the bundle has it, else {@code litert_lm_main}. A model is one
 * {@code .litertlm} file with weights and tokenizer. Stateless.
 */
public final class LiteRtLmEngine implements EngineAdapter {
    /** What the device's shell may hand over as one argument, with room to spare. */
    private static final int LONGEST_ARGUMENT = 100_000;

    private static final TurnsReading READING = new TurnsReading(
            "litert-lm",
            "a whole BenchmarkInfo block, speeds of prefill and decode, or a list of metrics",
            FailureNames.SHARED
                    .then("no_result", "No (?:prefill|decode) turns recorded")
                    .then("model_missing", "NOT_FOUND:|Model path is empty|No such file or directory")
                    .then("out_of_memory", "RESOURCE_EXHAUSTED")
                    .then("bad_option", "INVALID_ARGUMENT:|Unknown command line flag")
                    .then("backend_init", "Failed to create engine|UNAVAILABLE:|Failed to initialize")
                    .then("crashed", "Check failed:|F0000 "),
            FigureReader.firstOf(new BenchmarkInfo(), new SpeedLines(), new MetricsText()));

    @Override
    public String name() {
        return "litert-lm";
    }

    @Override
    public String describe() {
        return "LiteRT-LM: CPU, GPU and NPU; a .litertlm model, litert_lm_advanced_main or litert_lm_main from a bundle";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        boolean advanced = job.bundle().tool(LiteRtLmCommands.ADVANCED).isPresent();
        ScriptShape shape = new ScriptShape(name(), device.name(), job.script());
        return new ToolBundle(job.bundle())
                .missing(LiteRtLmCommands.ADVANCED, LiteRtLmCommands.PLAIN)
                .or(() -> rules(job, advanced).problem(device.name(), job.settings()))
                .or(shape::separateTurns)
                .or(shape::emptyContext)
                .or(shape::oneKind)
                .or(shape::bothPhases)
                .or(() -> advanced ? Optional.empty() : shortPrompts(job.script()))
                .or(() -> operators(job));
    }

    /** Threads and the length of parts are the larger program's, on the CPU; graphs of other backends have fixed lengths. */
    private static SettingRules rules(EngineJob job, boolean advanced) {
        SettingRules rules = SettingRules.of(advanced ? LiteRtLmCommands.ADVANCED : LiteRtLmCommands.PLAIN)
                .taking(Setting.BACKEND, "cpu", "gpu", "npu")
                .taking(Setting.WARMUP, "false");
        boolean cpu = job.settings().get(Setting.BACKEND).equals(Optional.of("cpu"));
        if (cpu && advanced) {
            rules = rules.any(Setting.THREADS, Setting.CHUNK_LENGTH);
        }
        return advanced ? rules.any(Setting.CONTEXT) : rules;
    }

    private static Optional<Problem> shortPrompts(Script script) {
        boolean tooLong = script.conversations().stream()
                .map(Conversation::turns)
                .flatMap(List::stream)
                .anyMatch(turn ->
                        turn instanceof Request.Text text && text.prompt().length() > LONGEST_ARGUMENT);
        return tooLong
                ? Optional.of(new Problem(
                        "workload for litert-lm",
                        LONGEST_ARGUMENT + " characters at the most expected, for the program takes no file",
                        "a longer prompt found",
                        "take a bundle with " + LiteRtLmCommands.ADVANCED))
                : Optional.empty();
    }

    private static Optional<Problem> operators(EngineJob job) {
        return job.perOperator()
                ? Optional.of(new Problem(
                        "timing of operators",
                        "an engine that prints it in a known form expected",
                        "litert-lm prints a table of averages without phases",
                        "leave it out, or take another --engine"))
                : Optional.empty();
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        String backend = job.settings().get(Setting.BACKEND).orElse(job.bundle().backend());
        defaults.put(Setting.BACKEND, backend);
        if (backend.equals("cpu")
                && job.bundle().tool(LiteRtLmCommands.ADVANCED).isPresent()) {
            defaults.put(Setting.THREADS, UsualThreads.of(device));
        }
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        return new LiteRtLmCommands(job, placement).invocation();
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return READING.read(output);
    }
}
