package dev.melt.engines.llamacpp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.ServerSession;
import dev.melt.core.event.EventLineWriter;
import dev.melt.engines.http.AskedEvents;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits for a llama-server and goes through a job with it. Used once. */
final class LlamaServerClient {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final EngineJob job;
    private final ServerSession session;
    private final long startNanos = System.nanoTime();

    LlamaServerClient(EngineJob job, ServerSession session) {
        this.job = job;
        this.session = session;
    }

    private record Found(LlamaServer server, JsonNode model, long readyNanos) {}

    /** Asks the server that calls its model so. */
    void ask(String alias) throws IOException, InterruptedException {
        Found found = ready(alias);
        found.server().http().warmUp(session.deadline());
        try (EventLineWriter lines = new EventLineWriter(session.folder().resolve(AskedEvents.NAME))) {
            beginning(lines, found);
            int failed = new ServerTurns(job, session, found.server(), lines, vocabulary(found.model())).ask();
            lines.line("end").put("ok", true).put("errors", failed);
            lines.flush();
        }
    }

    private Found ready(String alias) throws IOException, InterruptedException {
        List<LlamaServer> servers =
                session.addresses().stream().map(LlamaServer::new).toList();
        while (System.nanoTime() - startNanos < session.deadline().toNanos()) {
            for (LlamaServer server : servers) {
                if (server.isReady()) {
                    long now = System.nanoTime();
                    Optional<JsonNode> model = server.model(alias);
                    if (model.isPresent()) {
                        return new Found(server, model.get(), now);
                    }
                }
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
        throw new IOException("no server was ready in " + session.deadline().toSeconds() + " s at "
                + String.join(
                        ", ", session.addresses().stream().map(URI::toString).toList()));
    }

    private void beginning(EventLineWriter lines, Found found) throws IOException, InterruptedException {
        JsonNode properties = found.server().properties();
        ObjectNode engine = lines.line("engine").put("name", "llama-server");
        String build = properties.path("build_info").asText("");
        if (build.matches("b[1-9][0-9]*-.*")) {
            engine.put("version", build.substring(0, build.indexOf('-')))
                    .put("commit", build.substring(build.indexOf('-') + 1));
        }
        engine.put("clock", "boottime")
                .put("clock_bound_ns", session.clock().boundNanos())
                .put("start", session.startNanos());
        JsonNode context = properties.path("default_generation_settings").path("n_ctx");
        if (context.isInt()) {
            engine.putObject("effective").put("context", context.asInt());
        }
        long ready = session.deviceNanos(found.readyNanos());
        lines.line("load").put("start", Math.min(session.startNanos(), ready)).put("end", ready);
        model(lines, found.model().path("meta"));
        lines.flush();
    }

    private static void model(EventLineWriter lines, JsonNode meta) {
        ObjectNode model = lines.line("model");
        copy(meta, "n_params", model, "params");
        copy(meta, "size", model, "size");
        copy(meta, "n_vocab", model, "vocab");
        copy(meta, "n_ctx_train", model, "train_context");
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (from.path(name).isNumber()) {
            to.set(as, from.path(name));
        }
    }

    private static int vocabulary(JsonNode model) {
        return model.path("meta").path("n_vocab").asInt();
    }
}
