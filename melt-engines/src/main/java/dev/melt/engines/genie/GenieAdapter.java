package dev.melt.engines.genie;

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
import dev.melt.core.problem.InvalidInputException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Qualcomm's Genie through genie-t2t-run, one process a turn. The model is compiled for one SoC and lies in the bundle; what a
 * turn asks goes into a copy of the model's configuration.
 */
public final class GenieAdapter implements EngineAdapter {
    private static final String TOOL = "genie-t2t-run";
    private static final FailureNames FAILURES = FailureNames.SHARED
            .then("prompt_too_long", "(?i:context (?:size|limit|length) (?:was )?exceeded)")
            .then("backend_init", "Fail(?:ure|ed) to (?:initialize|create|load)")
            .then("crashed", "GENIE_STATUS_ERROR|Fail(?:ure|ed) to (?:query|execute|generate)");

    @Override
    public String name() {
        return "genie";
    }

    @Override
    public String describe() {
        return "Qualcomm Genie (genie-t2t-run): compiled models on the Hexagon NPU; profile JSON or printed key figures";
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
                .or(() -> new ModelFolder(job, GenieConfig.NAME).problem(device, name()))
                .or(() -> rules(job).problem(device.name(), job.settings()))
                .or(shape::separateTurns)
                .or(shape::textOnly)
                .or(shape::withoutTemplate)
                .or(() -> config(job, device));
    }

    private SettingRules rules(EngineJob job) {
        String compiled = "it was fixed when the model was compiled; take a bundle that was compiled so";
        return SettingRules.of(name())
                .any(Setting.THREADS, Setting.CONTEXT, Setting.SEED, Setting.TEMPERATURE, Setting.TOP_K, Setting.TOP_P)
                .only(Setting.BACKEND, compiled, job.bundle().backend())
                .elsewhere(Setting.CHUNK_LENGTH, compiled)
                .elsewhere(Setting.IGNORE_EOS, "it always stops at the end of its answer; leave it out");
    }

    private static Optional<Problem> config(EngineJob job, Device device) {
        try {
            int longest = read(job).context();
            int asked =
                    job.settings().get(Setting.CONTEXT).map(Integer::parseInt).orElse(longest);
            return asked <= longest
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            "[" + device.name() + "] engine genie",
                            "a context of at most " + longest + " tokens, for which the model was compiled, expected",
                            asked + " found",
                            "ask for less, or compile the model for more"));
        } catch (InvalidInputException e) {
            return Optional.of(e.problem());
        }
    }

    private static GenieConfig read(EngineJob job) {
        return new ModelFolder(job, GenieConfig.NAME)
                .markerPath()
                .map(GenieConfig::read)
                .orElseThrow(
                        () -> new IllegalStateException("the job was not refused although it has no configuration"));
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        return new Settings(Map.of(Setting.BACKEND, job.bundle().backend())).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        GenieConfig config = read(job);
        TurnScript script = TurnScript.endingWithAFailure().in(new ModelFolder(job, GenieConfig.NAME).path(placement));
        for (ScriptedTurn turn : OpenTurns.of(job)) {
            int number = turn.number();
            Request.Text text = OpenTurns.text(turn);
            script.file("prompt." + number + ".txt", text.prompt())
                    .file("config." + number + ".json", config.with(job.settings(), text.generate()))
                    .without(profile(number))
                    .turn(number, command(job, placement, number));
        }
        return script.invocation(new ToolBundle(job.bundle()).environment(placement));
    }

    private static List<String> command(EngineJob job, Placement placement, int turn) {
        String trial = TurnScript.TRIAL + "/";
        return List.of(
                new ToolBundle(job.bundle()).path(placement, TOOL),
                "-c",
                trial + "config." + turn + ".json",
                "--prompt_file",
                trial + "prompt." + turn + ".txt",
                "--profile",
                trial + profile(turn));
    }

    /** What a turn's profile is called. */
    static String profile(int turn) {
        return "profile." + turn + ".json";
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return new TurnsReading(name(), "a profile or the lines of key figures", FAILURES, new GenieReader(output))
                .read(output);
    }
}
