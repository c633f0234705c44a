package dev.melt.engines.llamacpp;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineAdapter;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.core.workload.Request;
import dev.melt.engines.ask.TurnScript;
import java.util.Optional;

/**
 * llama.cpp's own programs, unmodified: a process of llama-completion, llama-cli or main for each prompt, llama-bench for
 * token grids.
 */
public final class LlamaCppEngine implements EngineAdapter {
    static final String NAME = "llama.cpp";
    static final String BENCH = "llama-bench";

    /** The newest first: what was llama-cli until late 2025 is llama-completion since. */
    static final String[] TEXT_PROGRAMS = {"llama-completion", "llama-cli", "main"};

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String describe() {
        return "llama.cpp's own programs, a process a prompt; llama-bench for token grids";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.fitting(NAME, device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        return new LlamaLimits(job).problem().or(() -> new ProcessLimits(job).problem());
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        return isGrid(job) ? LlamaDefaults.ofAll(job, device) : LlamaDefaults.ofGeneration(job, device);
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        LlamaPlace place = new LlamaPlace(job.bundle(), placement);
        TurnScript script = isGrid(job)
                ? new BenchScript(job).of(place.program(BENCH), placement.model())
                : new PromptScript(job).of(place.program(TEXT_PROGRAMS), placement.model());
        return script.invocation(place.environment());
    }

    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        return LlamaCppReading.read(output);
    }

    private static boolean isGrid(EngineJob job) {
        return job.script().conversations().stream()
                .flatMap(c -> c.turns().stream())
                .allMatch(Request.Tokens.class::isInstance);
    }
}
