package dev.melt.engines.mlc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.ServerSession;
import dev.melt.core.event.EventLineWriter;
import dev.melt.engines.http.AskedEvents;
import dev.melt.engines.http.EngineHttp;
import dev.melt.engines.http.HttpAnswer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Waits for MLC's server and goes through a job with it. Used once. */
final class ServeClient {
    private static final String MODELS = "/v1/models";
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EngineJob job;
    private final ServerSession session;
    private final long startNanos = System.nanoTime();

    ServeClient(EngineJob job, ServerSession session) {
        this.job = job;
        this.session = session;
    }

    /** Asks the server that calls its model so. */
    void ask(String alias) throws IOException, InterruptedException {
        EngineHttp http = ready(alias);
        long readyNanos = session.deviceNanos(System.nanoTime());
        http.warmUp(session.deadline());
        try (EventLineWriter lines = new EventLineWriter(session.folder().resolve(AskedEvents.NAME))) {
            lines.line("engine")
                    .put("name", "mlc-llm")
                    .put("clock", "boottime")
                    .put("clock_bound_ns", session.clock().boundNanos())
                    .put("start", session.startNanos());
            lines.line("load")
                    .put("start", Math.min(session.startNanos(), readyNanos))
                    .put("end", readyNanos);
            lines.flush();
            int failed = new ServeTurns(job, session, http, lines, alias).ask();
            lines.line("end").put("ok", true).put("errors", failed);
            lines.flush();
        }
    }

    private EngineHttp ready(String alias) throws IOException, InterruptedException {
        List<EngineHttp> servers = session.addresses().stream()
                .map(address -> new EngineHttp(address, MODELS))
                .toList();
        while (System.nanoTime() - startNanos < session.deadline().toNanos()) {
            for (EngineHttp server : servers) {
                if (serves(server, alias)) {
                    return server;
                }
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
        throw new IOException("no server was ready in " + session.deadline().toSeconds() + " s at "
                + String.join(
                        ", ", session.addresses().stream().map(URI::toString).toList()));
    }

    /** False too when nobody answers yet. */
    private static boolean serves(EngineHttp server, String alias) throws InterruptedException {
        try {
            HttpAnswer answer = server.get(MODELS, ANSWER);
            return answer.succeeded()
                    && json(answer.body())
                            .path("data")
                            .path(0)
                            .path("id")
                            .asText()
                            .equals(alias);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }
}
