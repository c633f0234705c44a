package dev.melt.engines.mlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.melt.core.device.ClockOffset;
import dev.melt.core.engine.EngineJob;
import dev.melt.core.engine.EngineOutput;
import dev.melt.core.engine.ServerSession;
import dev.melt.core.event.EngineError;
import dev.melt.core.event.Event;
import dev.melt.core.event.EventLog;
import dev.melt.core.workload.Conversation;
import dev.melt.core.workload.Request;
import dev.melt.core.workload.Script;
import dev.melt.engines.reading.Jobs;
import dev.melt.engines.reading.Saved;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a small server that streams as MLC's does, and finds a prompt with the word "long" too long. */
class ServeClientTest {
    private static final String STREAM = Saved.fixture("mlc-llm/serve-stream.txt");
    private static final String REFUSAL =
            "{\"object\":\"error\",\"message\":\"Request prompt has 9000 tokens in total, "
                    + "larger than the model input length limit 4096.\",\"code\":400}";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/models",
                exchange -> answer(exchange, 200, "{\"object\":\"list\",\"data\":[{\"id\":\"melt-1\"}]}"));
        server.createContext(ServeRequest.CHAT, this::stream);
        server.createContext(ServeRequest.COMPLETION, this::stream);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void stream(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestURI() + " " + body);
        boolean refused = body.contains("long");
        answer(exchange, refused ? 400 : 200, refused ? REFUSAL : STREAM);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private EventLog ask(EngineJob job) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ServerSession session = new ServerSession(
                List.of(address), folder, new ClockOffset(5_000, 7, 0), 1_000, Duration.ofSeconds(20));
        new ServeClient(job, session).ask("melt-1");
        return new MlcAdapter().read(EngineOutput.of(folder));
    }

    private EngineJob job(Script script) {
        return Jobs.job(Jobs.bundle("mlc-llm", "gpu", folder, "mlc_llm"), script, "seed=5");
    }

    @Test
    void tellsAConversationAnewWithEachTurn() throws Exception {
        EventLog log = ask(job(Script.once(List.of(
                new Conversation(0, true, List.of(new Request.Text("one", 21), new Request.Text("two", 21)))))));
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1))
                .startsWith(ServeRequest.CHAT)
                .contains(
                        "{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"Blue, {for} one.\"},"
                                + "{\"role\":\"user\",\"content\":\"two\"}");
        assertThat(log.turns()).extracting(Event.Turn::generated).containsExactly(21, 21);
        assertThat(Saved.events(log, Event.Load.class)).hasSize(1);
        assertThat(Saved.events(log, Event.Prefill.class))
                .allSatisfy(prefill -> assertThat(prefill.tokens()).isEqualTo(32));
        assertThat(log.endedWell()).contains(true);
    }

    @Test
    void aPromptThatIsTooLongSpoilsItsTurnAlone() throws Exception {
        EventLog log = ask(job(Jobs.texts(21, "long", "short")));
        assertThat(asked.get(1)).startsWith(ServeRequest.COMPLETION).contains("\"prompt\":\"short\"");
        assertThat(log.turns()).extracting(Event.Turn::turn).containsExactly(1);
        assertThat(log.errors())
                .singleElement()
                .extracting(EngineError::kind, error -> error.turn().orElseThrow())
                .containsExactly("prompt_too_long", 0);
    }

    @Test
    void asksAFinishedTurnAgainOnlyWhereItsConversationGoesOn() throws Exception {
        Request.Text text = new Request.Text("one", 21);
        EngineJob fresh = job(Script.once(
                List.of(new Conversation(0, true, List.of(text)), new Conversation(1, true, List.of(text, text)))));
        EngineJob resumed = new EngineJob(
                fresh.model(),
                fresh.bundle(),
                fresh.settings(),
                fresh.script(),
                false,
                new TreeMap<>(Map.of(0, List.of(), 1, List.of())));
        EventLog log = ask(resumed);
        assertThat(asked).hasSize(2);
        assertThat(log.turns()).extracting(Event.Turn::turn).containsExactly(2);
    }

    @Test
    void doesNotTakeAnotherServerForItsOwn() {
        server.removeContext("/v1/models");
        server.createContext("/v1/models", exchange -> answer(exchange, 200, "{\"data\":[{\"id\":\"other\"}]}"));
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        ServerSession session =
                new ServerSession(List.of(address), folder, new ClockOffset(0, 0, 0), 0, Duration.ofMillis(200));
        assertThatThrownBy(() -> new ServeClient(job(Jobs.texts(4, "a")), session).ask("melt-1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no server was ready");
    }
}
