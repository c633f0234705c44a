package dev.melt.engines.llamacpp;

import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.Invocation;
import dev.melt.engines.ask.ServerLoop;

/** Starts llama-server with a job's settings. */
record ServerScript(EngineJob job, ServerLoop loop) {
    static final String PORT_TAKEN = "bind HTTP server";

    Invocation of(String program, LlamaPlace place) {
        ShellScript script = new ShellScript(program)
                .with("-m", place.placement().model(), "--host", "127.0.0.1", "--alias", loop.alias())
                .whereKnown("--parallel", "-np", "1")
                .whereKnown("--no-webui", "--no-webui")
                .whereKnown("--cache-ram", "--cache-ram", "0");
        new CommonOptions(job.settings(), script).runtime();
        return loop.invocation(script.toString(), "\"$T\" \"$@\"", place.environment());
    }
}
