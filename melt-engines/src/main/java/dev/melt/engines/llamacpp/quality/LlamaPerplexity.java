package dev.melt.engines.llamacpp.quality;

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
import dev.melt.core.workload.Examination;
import dev.melt.engines.ask.SettingRules;
import dev.melt.engines.ask.ToolBundle;
import dev.melt.engines.llamacpp.LlamaCppReading;
import dev.melt.engines.llamacpp.LlamaPlace;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * llama.cpp's llama-perplexity, unmodified: perplexity and divergence over a text, and tasks with answers to choose from.
 * It marks by itself and says only what it came to, so that a broken trial begins anew.
 */
public final class LlamaPerplexity implements EngineAdapter {
    private static final String NAME = "llama-perplexity";
    private static final String BUNDLES_OF = "llama.cpp";
    private static final int LEAST_CONTEXT = 2048;
    private static final int SEQUENCES = 4;
    private static final SettingRules RULES = SettingRules.of(NAME)
            .any(
                    Setting.THREADS,
                    Setting.THREADS_BATCH,
                    Setting.BATCH,
                    Setting.UBATCH,
                    Setting.CONTEXT,
                    Setting.GPU_LAYERS);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "llama.cpp's llama-perplexity, for 'melt accuracy --engine llama.cpp'";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(BUNDLES_OF, device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        Optional<Problem> missing = new ToolBundle(job.bundle()).missing(NAME, "perplexity");
        if (missing.isPresent()) {
            return missing;
        }
        Optional<Examination> examination = job.script().examination();
        if (examination.isEmpty() || ExamForm.of(examination.get()).isEmpty()) {
            return Optional.of(new Problem(
                    "engine " + NAME,
                    "a text, or a task with answers to choose from, expected",
                    examination.map(e -> e.name() + " is none that it can do").orElse("turns found"),
                    "take --engine embedded"));
        }
        return RULES.problem(device.name(), job.settings());
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        EnumMap<Setting, String> defaults = new EnumMap<>(Setting.class);
        defaults.put(Setting.THREADS, device.facts().getOrDefault("cores", "1"));
        defaults.put(Setting.GPU_LAYERS, job.bundle().backend().equals("cpu") ? "0" : "-1");
        long needed = job.script().contextTokens() + 1;
        boolean prose = job.script()
                .examination()
                .filter(Examination.Prose.class::isInstance)
                .isPresent();
        defaults.put(Setting.CONTEXT, Long.toString(prose ? needed : Math.max(LEAST_CONTEXT, SEQUENCES * needed)));
        return new Settings(defaults).with(job.settings());
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        Examination examination = job.script().examination().orElseThrow();
        LlamaPlace place = new LlamaPlace(job.bundle(), placement);
        String program = place.program(NAME, "perplexity");
        PerplexityScript script =
                new PerplexityScript(job, examination, ExamForm.of(examination).orElseThrow(), program, placement);
        return new Invocation(List.of("sh", PerplexityScript.NAME), place.environment(), script.inputs());
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        EventLog log = LlamaCppReading.read(output);
        return output.single() ? log : FigureNames.of(output).named(log);
    }
}
