package dev.melt.jetson.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.PortForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Ports of a host, reached from here. */
@TestInstance(Lifecycle.PER_CLASS)
class SshForwardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] LONG = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init") // started before the first test
    private TestSshd sshd;

    @SuppressWarnings("NullAway.Init")
    private DeviceDriver driver;

    @SuppressWarnings("NullAway.Init")
    private HttpServer served;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        sshd = TestSshd.start(folder);
        driver = sshd.open();
        served = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        served.setExecutor(threads);
        served.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, LONG.length);
            exchange.getResponseBody().write(LONG);
            exchange.close();
        });
        served.start();
    }

    @AfterAll
    void stop() {
        served.stop(0);
        driver.close();
        sshd.close();
        threads.shutdownNow();
    }

    private PortForward forward() {
        return driver.forward(served.getAddress().getPort());
    }

    private static byte[] get(PortForward forward) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(forward.address()).timeout(PATIENCE).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void reachesAServerManyTimesAtOnce() throws Exception {
        try (PortForward forward = forward()) {
            List<CompletableFuture<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> unchecked(forward), threads));
            }
            for (CompletableFuture<byte[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(LONG);
            }
        }
    }

    private static byte[] unchecked(PortForward forward) {
        try {
            return get(forward);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void reachesItAlsoAfterTheLinkBroke() throws Exception {
        try (PortForward forward = forward()) {
            assertThat(get(forward)).isEqualTo(LONG);
            sshd.stop();
            assertThatThrownBy(() -> get(forward)).isInstanceOf(IOException.class);
            sshd.restart();
            assertThat(get(forward)).isEqualTo(LONG);
        }
    }

    @Test
    void reachesItAlsoAfterTheLinkFroze() throws Exception {
        try (PortForward forward = forward()) {
            assertThat(get(forward)).isEqualTo(LONG);
            sshd.freezeConnections();
            long start = System.nanoTime();
            assertThat(get(forward)).isEqualTo(LONG); // the client tries twice
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void aPortOnWhichNobodyListensEndsTheConnectionAndNoOther() throws Exception {
        try (PortForward nobody = driver.forward(1);
                PortForward forward = forward()) {
            assertThatThrownBy(() -> get(nobody)).isInstanceOf(IOException.class);
            assertThat(get(forward)).isEqualTo(LONG);
        }
    }

    @Test
    void isGoneWhenItIsClosed() throws Exception {
        PortForward forward = forward();
        forward.close();
        forward.close();
        assertThatThrownBy(() -> get(forward)).isInstanceOf(IOException.class);
    }
}
