package dev.melt.engines.llamacpp;

import dev.melt.core.device.Device;
import dev.melt.core.engine.Bundle;
import dev.melt.core.engine.Bundles;
import dev.melt.core.engine.EngineClient;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.Invocation;
import dev.melt.core.engine.Placement;
import dev.melt.core.engine.ServedEngine;
import dev.melt.core.engine.Settings;
import dev.melt.core.event.EventLog;
import dev.melt.core.event.UnknownOutputException;
import dev.melt.core.problem.Problem;
import dev.melt.engines.ask.ServerLoop;
import dev.melt.engines.http.AskedEvents;
import java.util.Optional;

/**
 * llama.cpp's server, asked over a forwarded port with streamed answers: the one way to real times of first and further tokens
 * from llama.cpp unmodified, and to conversations that keep their context. It runs from the same bundles as
 * {@link LlamaCppEngine}.
 */
public final class LlamaServerEngine implements ServedEngine {
    private static final String PROGRAM = "llama-server";

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public String describe() {
        return "llama.cpp's server with streamed answers: the time of each token, and conversations";
    }

    @Override
    public Bundle bundle(Device device, Bundles bundles) {
        return bundles.having(PROGRAM).fitting(LlamaCppEngine.NAME, device);
    }

    @Override
    public Optional<Problem> refuse(EngineJob job, Device device) {
        LlamaLimits limits = new LlamaLimits(job);
        return limits.problem().or(() -> limits.tool(PROGRAM));
    }

    @Override
    public Settings complete(EngineJob job, Device device) {
        return LlamaDefaults.ofGeneration(job, device);
    }

    @Override
    public Invocation invocation(EngineJob job, Device device, Placement placement) {
        LlamaPlace place = new LlamaPlace(job.bundle(), placement);
        return new ServerScript(job, ServerLoop.onAnyPort(ServerScript.PORT_TAKEN)).of(place.program(PROGRAM), place);
    }

    @Override
    public EngineClient client(EngineJob job, Invocation invocation) {
        return session -> new LlamaServerClient(job, session).ask(ServerLoop.alias(invocation.ports()));
    }

    /** The client's events where there are any, else what the server itself left: its log, or a saved answer. */
    @Override
    public EventLog read(EngineOutput output) throws UnknownOutputException {
        Optional<EventLog> events = AskedEvents.of(output);
        return events.isPresent() ? events.get() : LlamaCppReading.read(output);
    }
}
