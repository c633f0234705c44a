package dev.melt.engines.mlc;

import dev.melt.core.device.Device;
import dev.melt.core.device.Platform;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineClient;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.ServedEngine;
import dev.melt.core.engine.Setting;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.engines.ask.ModelFolder;
import dev.melt.engines.ask.ScriptShape;
import dev.melt.engines.ask.ServerLoop;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.ToolBundle;
import java.util.EnumMap;
import java.util.Optional;

/**
 * MLC-LLM: models compiled with TVM, served on Linux and Jetson, built into apps on phones. Reads what its programs and
 * MELT's apps leave.
 */
public final class MlcAdapter implements ServedEngine {
    private static final String SERVER = ServeCommand.PROGRAM;
    private static final String MARKER = "mlc-chat-config.json";

    @Override
    public String name() {
        return "mlc-llm";
    }

    @Override
    public String describe() {
        return "MLC-LLM: server answers, chat statistics, measurements of MELT's apps, traces, benchmark results";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(name(), device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        ScriptShape shape = new ScriptShape(name(), device.name(), job.script());
        return platform(device)
                .or(() -> new ToolBundle(job.bundle()).missing(SERVER))
                .or(() -> new ModelFolder(job, MARKER).problem(device, name()))
                .or(() -> rules(job).problem(device.name(), job.settings()))
                .or(shape::textOnly)
                .or(() -> operators(job, device));
    }

    private Optional<Problem> platform(Device device) {
        Platform platform = device.platform();
        return platform == Platform.ANDROID || platform == Platform.IOS
                ? Optional.of(new Problem(
                        "[" + device.name() + "] engine " + name(),
                        "a device that starts programs expected",
                        "a phone found, where MLC-LLM is part of an app",
                        "run the app and read what it wrote: melt parse mlc-llm FILE"))
                : Optional.empty();
    }

    private Optional<Problem> operators(EngineJob job, Device device) {
        return job.perOperator()
                ? Optional.of(new Problem(
                        "[" + device.name() + "] engine " + name(),
                        "an engine that times its operators expected",
                        "the server does not",
                        "leave it out, or take another --engine"))
                : Optional.empty();
    }

    private SettingRules rules(EngineJob job) {
        String compiled = "it was fixed when the model was compiled; take a bundle that was compiled so";
        return SettingRules.of(name())
                .any(
                        Setting.CONTEXT,
                        Setting.CHUNK_LENGTH,
                        Setting.SEED,
                        Setting.TEMPERATURE,
                        Setting.TOP_P,
                        Setting.IGNORE_EOS)
                .only(Setting.BACKEND, compiled, job.bundle().backend())
                .only(Setting.WARMUP, "the server does not warm up; leave it out", "false");
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.BACKEND, job.bundle().backend());
        defaults.put(Setting.SEED, "42");
        defaults.put(Setting.TEMPERATURE, "0");
        defaults.put(Setting.IGNORE_EOS, "false");
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        return new ServeCommand(job, placement, new ModelFolder(job, MARKER).path(placement))
                .on(ServerLoop.onAnyPort(ServeCommand.PORT_TAKEN));
    }

    @Override
    public EngineClient client(EngineJob job, Invocation invocation) {
        return session -> new ServeClient(job, session).ask(ServerLoop.alias(invocation.ports()));
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return MlcReader.read(output);
    }
}
