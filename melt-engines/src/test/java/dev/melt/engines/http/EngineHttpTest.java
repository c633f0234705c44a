package dev.melt.engines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineHttpTest {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server = serverWithoutAnswers();
    private EngineHttp http = new EngineHttp(URI.create("http://127.0.0.1:1"), "/cheap");

    private static HttpServer serverWithoutAnswers() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/cheap", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/stream", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (String line :
                        List.of("data: {\"n\":1}\r\n\r\n", ": a note\n", "data:two\n\n", "data: [DONE]\n\n")) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            }
        });
        server.createContext("/refusing", exchange -> {
            exchange.sendResponseHeaders(400, 0);
            exchange.getResponseBody().write("too long".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/breaking", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("data: one\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/silent", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        http = new EngineHttp(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "/cheap");
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
    }

    @Test
    void stampsEachEventInTheOrderInWhichItCame() throws IOException, InterruptedException {
        StreamedAnswer answer = http.stream("/stream", "{}", DEADLINE);

        assertThat(answer.data()).extracting(StampedLine::data).containsExactly("{\"n\":1}", "two");
        assertThat(answer.data().get(0).hostNanos()).isGreaterThan(answer.askedNanos());
        assertThat(answer.lines()).extracting(StampedLine::hostNanos).isSortedAccordingTo((a, b) -> Long.signum(a - b));
        assertThat(answer.text()).contains(": a note", "[DONE]");
    }

    @Test
    void aRefusalIsAnAnswer() throws IOException, InterruptedException {
        StreamedAnswer answer = http.stream("/refusing", "{}", DEADLINE);

        assertThat(answer.succeeded()).isFalse();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("too long");
    }

    @Test
    void aStreamThatBreaksOffIsNoAnswer() {
        assertThatThrownBy(() -> http.stream("/breaking", "{}", DEADLINE)).isInstanceOf(IOException.class);
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForLongerThanTheDeadline() {
        assertThatThrownBy(() -> http.get("/silent", Duration.ofMillis(100)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("100 ms");
    }
}
