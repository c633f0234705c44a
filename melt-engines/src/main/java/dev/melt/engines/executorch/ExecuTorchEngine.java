package dev.melt.engines.executorch;

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
import dev.melt.core.workload.Request;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.ask.ScriptShape;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.UsualThreads;
import dev.melt.engines.failure.FailureNames;
import java.util.EnumMap;
import java.util.Optional;

/**
 * ExecuTorch's LLM runners: {@code llama_main} for the CPU and the delegates that were chosen when the model was exported, and
 * {@code qnn_llama_runner} for Qualcomm's NPU. Context, quantisation and backend are fixed in the model's file. Stateless.
 */
public final class ExecuTorchEngine implements EngineAdapter {
    /** What the device's shell may hand over as one argument, with room to spare. */
    private static final int LONGEST_ARGUMENT = 100_000;

    private static final String CODE = "(?i:error|status|code|failed)[^\\n]{0,40}";

    private static final FailureNames FAILURES = FailureNames.SHARED
            .then("out_of_memory", CODE + "\\b0x(?:21|25)\\b")
            .then("model_missing", CODE + "\\b0x(?:20|22)\\b|AccessFailed")
            .then("model_corrupt", CODE + "\\b0x23\\b")
            .then("model_unsupported", CODE + "\\b0x14\\b")
            .then("bad_option", CODE + "\\b0x12\\b|ERROR: unknown command line flag")
            .then("backend_runtime", CODE + "\\b0x3[0-2]\\b")
            .then("crashed", "Failed to (?:create|run|warmup) llama runner|Couldn't generate");

    @Override
    public String name() {
        return "executorch";
    }

    @Override
    public String describe() {
        return "ExecuTorch: llama_main, and qnn_llama_runner for Qualcomm's NPU; a .pte model, runner and tokenizer"
                + " from a bundle";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        boolean qualcomm = new ExecuTorchCommands(job, new Placement("", "")).isQualcomm();
        ToolBundle tools = new ToolBundle(job.bundle());
        ScriptShape shape = new ScriptShape(name(), device.name(), job.script());
        return tools.missing(ExecuTorchCommands.RUNNERS)
                .or(() -> tools.missing(ExecuTorchCommands.TOKENIZERS))
                .or(() -> rules(job, qualcomm).problem(device.name(), job.settings()))
                .or(() -> operators(job))
                .or(shape::separateTurns)
                .or(shape::textOnly)
                .or(() -> qualcomm ? limits(job) : Optional.empty());
    }

    private static SettingRules rules(EngineJob job, boolean qualcomm) {
        SettingRules both = SettingRules.of("executorch")
                .any(Setting.TEMPERATURE)
                .taking(Setting.BACKEND, job.bundle().backend());
        return qualcomm
                ? both.any(Setting.CONTEXT).taking(Setting.IGNORE_EOS, "false").taking(Setting.WARMUP, "false")
                : both.any(Setting.THREADS, Setting.IGNORE_EOS, Setting.WARMUP);
    }

    private static Optional<Problem> operators(EngineJob job) {
        return job.perOperator()
                ? Optional.of(new Problem(
                        "timing of operators",
                        "an engine that prints it expected",
                        "executorch writes an ETDump, which only its own Inspector reads",
                        "leave it out, or take another --engine"))
                : Optional.empty();
    }

    /** Qualcomm's runner counts prompt and answer together and goes on to its end. */
    private static Optional<Problem> limits(EngineJob job) {
        int context = job.settings().get(Setting.CONTEXT).map(Integer::parseInt).orElse(0);
        if (!job.bundle().build().containsKey(ExecuTorchCommands.DECODER)) {
            return Optional.of(new Problem(
                    "bundle '" + job.bundle().name() + "' of executorch",
                    "'" + ExecuTorchCommands.DECODER + "' under 'build' in its bundle.yaml expected",
                    "none found",
                    "write there what the runner is to be told, such as qwen3, and add the bundle again"));
        }
        return job.script().conversations().stream()
                .map(conversation -> (Request.Text) conversation.turns().get(0))
                .flatMap(text -> limit(text, context).stream())
                .findFirst();
    }

    private static Optional<Problem> limit(Request.Text text, int context) {
        if (text.generate() < context) {
            return Optional.of(new Problem(
                    "tokens to generate with qnn_llama_runner",
                    "at least its context, " + context + ", expected, for it goes on to the end of its answer",
                    "found " + text.generate(),
                    "ask for " + context + " tokens, or set context=" + text.generate()));
        }
        return text.prompt().length() <= LONGEST_ARGUMENT
                ? Optional.empty()
                : Optional.of(new Problem(
                        "prompt for qnn_llama_runner",
                        LONGEST_ARGUMENT + " characters at the most expected",
                        text.prompt().length() + " found",
                        "take a shorter one"));
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        boolean exactLength = job.script().conversations().stream().noneMatch(c -> c.chat());
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.TEMPERATURE, "0");
        defaults.put(Setting.WARMUP, "false");
        if (new ExecuTorchCommands(job, new Placement("", "")).isQualcomm()) {
            defaults.put(Setting.IGNORE_EOS, "false");
            defaults.put(Setting.CONTEXT, "1024");
        } else {
            defaults.put(Setting.IGNORE_EOS, Boolean.toString(exactLength));
            defaults.put(Setting.THREADS, UsualThreads.of(device));
        }
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        return new ExecuTorchCommands(job, placement).invocation();
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return new TurnsReading(name(), "a whole PyTorchObserver line", FAILURES, new ObserverLines()).read(output);
    }
}
