package dev.melt.android.adb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.melt.core.device.PortForward;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdbForwardTest {
    @TempDir
    Path folder;

    @Test
    void reachesAServerOnThePhoneAlsoAfterTheAdbServerWasEnded() throws Exception {
        HttpServer served = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        served.createContext("/", exchange -> {
            byte[] answer = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        served.start();
        try (TestPhone phone = TestPhone.connected(folder, TestPhone.Kind.NEW);
                PortForward forward = phone.open().forward(served.getAddress().getPort())) {
            assertThat(get(forward)).isEqualTo("hello");
            phone.adb("kill-server");
            assertThat(get(forward)).isEqualTo("hello");
        } finally {
            served.stop(0);
        }
    }

    private static String get(PortForward forward) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(forward.address()).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
