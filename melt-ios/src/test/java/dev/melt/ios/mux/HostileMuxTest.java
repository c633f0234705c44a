package dev.melt.ios.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.TimedOut;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A usbmuxd that says what none says: nothing of it is believed, waited for without end, or kept in memory. */
class HostileMuxTest {
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Usbmux usbmux() {
        return new Usbmux(UsbmuxAddress.of(Map.of(UsbmuxAddress.VARIABLE, "127.0.0.1:" + server.getLocalPort())));
    }

    private void answer(byte[] answer) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                int length = Integer.reverseBytes(in.readInt());
                in.readNBytes(length - 4);
                OutputStream out = socket.getOutputStream();
                out.write(answer);
                out.flush();
            } catch (IOException gone) {
                return; // the client has seen enough
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] framed(int length, String body) {
        byte[] text = body.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(16 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(1)
                .putInt(8)
                .putInt(1)
                .put(text)
                .array();
    }

    @Test
    void refusesALengthThatNobodyCanSend() {
        answer(framed(Integer.MAX_VALUE, ""));
        assertThatThrownBy(() -> usbmux().devices())
                .isInstanceOf(LinkLost.class)
                .hasMessageContaining("announced");
    }

    @Test
    void refusesANegativeLength() {
        answer(framed(-5, ""));
        assertThatThrownBy(() -> usbmux().devices())
                .isInstanceOf(LinkLost.class)
                .hasMessageContaining("announced");
    }

    @Test
    void refusesWhatIsNoPropertyList() {
        answer(framed(16 + 5, "hello"));
        assertThatThrownBy(() -> usbmux().devices())
                .isInstanceOf(LinkLost.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void noticesAnEndInTheMiddle() {
        answer(framed(16 + 500, "<?xml"));
        assertThatThrownBy(() -> usbmux().devices())
                .isInstanceOf(LinkLost.class)
                .hasMessageContaining("closed the connection");
    }

    @Test
    void leavesEntitiesOfOtherFilesAlone() {
        String body = "<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<plist version=\"1.0\"><dict><key>MessageType</key><string>Result</string>"
                + "<key>DeviceList</key><string>&x;</string></dict></plist>";
        answer(framed(16 + body.length(), body));
        try {
            assertThat(usbmux().devices()).isEmpty();
        } catch (DeviceException refused) {
            assertThat(refused).isInstanceOf(LinkLost.class);
        }
    }

    @Test
    void waitsForNobodyBeyondADeadline() throws IOException {
        SocketChannel channel = SocketChannel.open(server.getLocalSocketAddress());
        MuxSocket socket = new MuxSocket("phone", ChannelStreams.in(channel), ChannelStreams.out(channel), channel);

        assertThatThrownBy(() -> socket.talk("ask", Duration.ofMillis(200), (in, out) -> in.read()))
                .isInstanceOf(TimedOut.class)
                .hasMessageContaining("[phone] ask: no answer");
    }
}
