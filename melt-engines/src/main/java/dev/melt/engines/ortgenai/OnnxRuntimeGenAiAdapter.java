package dev.melt.engines.ortgenai;

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
import dev.melt.core.workload.ScriptedTurn;
import dev.melt.engines.answer.TurnsReading;
import dev.melt.engines.ask.ModelFolder;
import dev.melt.engines.ask.OpenTurns;
import dev.melt.engines.ask.ScriptShape;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.ask.TurnScript;
import dev.melt.engines.failure.FailureNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ONNX Runtime GenAI through its model_benchmark, one process and one repetition a turn. It asks the model for the full
 * length and puts no chat template around a prompt; sampling, threads and provider are the model's own configuration.
 */
public final class OnnxRuntimeGenAiAdapter implements EngineAdapter {
    private static final String TOOL = "model_benchmark";
    private static final String MARKER = "genai_config.json";
    private static final FailureNames FAILURES = FailureNames.SHARED
            .then(
                    "model_missing",
                    "(?:Error opening|Error encountered while opening|Failed to (?:read|open)).*\\.(?:json|onnx)")
            .then("model_unsupported", "Unsupported model_type|NOT_IMPLEMENTED|is not a registered function")
            .then("model_corrupt", "INVALID_PROTOBUF|Protobuf parsing failed|INVALID_GRAPH")
            .then(
                    "backend_init",
                    "provider is not (?:enabled|supported|available)|Failed to load (?:shared )?library|Invalid execution provider")
            .then("prompt_too_long", "max_length .*(?:exceed|greater|less)|exceeds? max_length")
            .then("bad_option", "Unknown option: |Option value not provided")
            .then("crashed", "Exception: |terminate called");

    @Override
    public String name() {
        return "onnxruntime-genai";
    }

    @Override
    public String describe() {
        return "ONNX Runtime GenAI (model_benchmark): means of prompt, generation and sampling calls, peak working set";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        ScriptShape shape = new ScriptShape(name(), device.name(), job.script());
        return new ToolBundle(job.bundle())
                .missing(TOOL)
                .or(() -> new ModelFolder(job, MARKER).problem(device, name()))
                .or(() -> rules(job).problem(device.name(), job.settings()))
                .or(shape::separateTurns)
                .or(shape::withoutTemplate)
                .or(shape::emptyContext)
                .or(shape::bothPhases);
    }

    private SettingRules rules(EngineJob job) {
        String model = "it is written in the model's " + MARKER + "; change it there and add the bundle again";
        return SettingRules.of(name())
                .any(Setting.CONTEXT, Setting.WARMUP)
                .only(Setting.IGNORE_EOS, "it always generates the full length; write ignore_eos=true", "true")
                .only(Setting.BACKEND, model, job.bundle().backend())
                .elsewhere(Setting.THREADS, model)
                .elsewhere(Setting.SEED, model)
                .elsewhere(Setting.TEMPERATURE, model)
                .elsewhere(Setting.TOP_K, model)
                .elsewhere(Setting.TOP_P, model)
                .elsewhere(Setting.REPEAT_PENALTY, model)
                .elsewhere(Setting.CHUNK_LENGTH, model);
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        return new Settings(Map.of(
                        Setting.BACKEND, job.bundle().backend(), Setting.WARMUP, "true", Setting.IGNORE_EOS, "true"))
                .with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        TurnScript script = TurnScript.endingWithAFailure();
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            script.turn(turn.number(), command(job, placement, turn.number(), turn.request()));
            if (turn.request() instanceof Request.Text text) {
                script.file(prompt(turn.number()), text.prompt());
            }
        }
        return script.invocation(new ToolBundle(job.bundle()).environment(placement));
    }

    private static List<String> command(EngineJob job, Placement placement, int turn, Request request) {
        List<String> command = new ArrayList<>();
        command.add(new ToolBundle(job.bundle()).path(placement, TOOL));
        command.addAll(List.of("-i", new ModelFolder(job, MARKER).path(placement)));
        provider(job.bundle().backend()).ifPresent(provider -> command.addAll(List.of("-e", provider)));
        command.addAll(
                request instanceof Request.Tokens tokens
                        ? List.of("-l", Integer.toString(tokens.promptTokens()))
                        : List.of("--prompt_file", prompt(turn)));
        boolean warmUp = !job.settings().get(Setting.WARMUP).equals(Optional.of("false"));
        command.addAll(
                List.of("-b", "1", "-g", Integer.toString(request.generate()), "-r", "1", "-w", warmUp ? "1" : "0"));
        job.settings().get(Setting.CONTEXT).ifPresent(context -> command.addAll(List.of("-ml", context)));
        return command;
    }

    /** The word for a backend after {@code -e}; an NPU has none and is the model's own choice. */
    private static Optional<String> provider(String backend) {
        return switch (backend) {
            case "cpu" -> Optional.of("cpu");
            case "gpu" -> Optional.of("cuda");
            default -> Optional.empty();
        };
    }

    private static String prompt(int turn) {
        return "prompt." + turn + ".txt";
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return new TurnsReading(name(), "a block of figures", FAILURES, new BenchmarkReader()).read(output);
    }
}
