package dev.melt.virtual.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyRelayTest {
    private final LinkedBlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private FaultyRelay relay;

    /** A server that sends back what it gets, and keeps what it got when a client is gone. */
    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        relay = new FaultyRelay(0, server.getLocalPort());
        Thread thread = new Thread(this::serve);
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void end() throws IOException {
        relay.close();
        server.close();
    }

    @Test
    void carriesBothWays() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write("hello".getBytes(US_ASCII));
            assertThat(client.getInputStream().readNBytes(5)).isEqualTo("hello".getBytes(US_ASCII));
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello".getBytes(US_ASCII));
    }

    @Test
    void breaksAtTheVeryByteAndOnceOnly() throws Exception {
        relay.dropAfter(100_001);
        byte[] much = new byte[1_000_000];
        Arrays.fill(much, (byte) 7);
        try (Socket client = connect()) {
            assertThatThrownBy(() -> writeUntilItBreaks(client, much)).isInstanceOf(IOException.class);
        }
        assertThat(received.poll(10, TimeUnit.SECONDS)).hasSize(100_001);
        carriesBothWays();
    }

    @Test
    void carriesNothingWhileItIsStalledAndAllOfItAfterwards() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            relay.stall(true);
            client.getOutputStream().write(2);
            client.setSoTimeout(300);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            relay.stall(false);
            client.setSoTimeout(10_000);
            assertThat(client.getInputStream().read()).isEqualTo(2);
        }
    }

    @Test
    void refusesNewcomersAndKeepsThoseWhoAreIn() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            relay.refuse(true);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            client.getOutputStream().write(2);
            assertThat(client.getInputStream().read()).isEqualTo(2);
            relay.refuse(false);
            connect().close();
        }
    }

    @Test
    void dropsThoseWhoAreIn() throws Exception {
        try (Socket client = connect()) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);
            relay.drop();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(relay.connections()).isZero();
    }

    private static void writeUntilItBreaks(Socket client, byte[] much) throws IOException {
        for (int i = 0; i < 100; i++) {
            client.getOutputStream().write(much);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), relay.port());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                received.add(echo(socket));
            } catch (IOException e) {
                // the test is over
            }
        }
    }

    private static byte[] echo(Socket socket) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try {
            InputStream in = socket.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
                if (all.size() < 1000) {
                    socket.getOutputStream().write(buffer, 0, n);
                }
            }
        } catch (IOException e) {
            // what came until then is what counts
        }
        return all.toByteArray();
    }
}
