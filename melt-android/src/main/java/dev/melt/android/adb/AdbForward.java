package dev.melt.android.adb;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.PortForward;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * A port of this host whose connections end at one of the device. Every connection is a stream of its own through the adb server: it
 * ends with this process and not with the server, unlike {@code adb forward}.
 */
final class AdbForward {
    private static final int PIECE = 1 << 16;

    private final AdbLink link;
    private final int devicePort;
    private final ServerSocket listening;

    private AdbForward(AdbLink link, int devicePort, ServerSocket listening) {
        this.link = link;
        this.devicePort = devicePort;
        this.listening = listening;
    }

    static PortForward open(AdbLink link, int devicePort) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            AdbForward forward = new AdbForward(link, devicePort, listening);
            background("accept", forward::accept);
            URI address = URI.create("http://127.0.0.1:" + listening.getLocalPort());
            return new PortForward(devicePort, address, forward::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                background("connect", () -> connect(socket));
            } catch (IOException closed) {
                close();
            }
        }
    }

    private void connect(Socket socket) {
        try (socket;
                AdbWire wire = link.open("tcp:" + devicePort)) {
            socket.setTcpNoDelay(true);
            background("out", () -> outwards(socket, wire));
            OutputStream back = socket.getOutputStream();
            byte[] buffer = new byte[PIECE];
            for (int n = wire.read(buffer, 0, PIECE); n >= 0; n = wire.read(buffer, 0, PIECE)) {
                back.write(buffer, 0, n);
                back.flush();
            }
        } catch (IOException | DeviceException over) {
            // the client sees its connection end, as with any server that goes away
        }
    }

    private static void outwards(Socket socket, AdbWire wire) {
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[PIECE];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                wire.write(buffer, 0, n);
            }
        } catch (IOException over) {
            // the other direction ends with it
        } finally {
            wire.close();
        }
    }

    private void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, "adb forward " + name);
        thread.setDaemon(true);
        thread.start();
    }
}
