package dev.melt.core.remote;

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
 * A port of this host whose connections end at one of a device. Every connection is a stream of its own over the device's link; all of
 * it ends with this process.
 */
public final class PortRelay {
    private static final int PIECE = 1 << 16;

    private final Opener opener;
    private final ServerSocket listening;

    /** A stream to a port of the device. */
    public interface Wire extends AutoCloseable {
        /** As {@link InputStream#read(byte[], int, int)} does. */
        int read(byte[] into, int offset, int length) throws IOException;

        /** Writes all of it, or throws. */
        void write(byte[] from, int offset, int length) throws IOException;

        /** May be called from another thread; whoever reads or writes then fails. */
        @Override
        void close();
    }

    /** Connects to the port. */
    public interface Opener {
        /**
         * A new stream.
         *
         * @throws DeviceException when the link is broken
         */
        Wire open() throws IOException;
    }

    private PortRelay(Opener opener, ServerSocket listening) {
        this.opener = opener;
        this.listening = listening;
    }

    /**
     * Listens until the forward is closed.
     *
     * @param devicePort for whoever asks which one it is
     */
    public static PortForward open(int devicePort, Opener opener) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            PortRelay relay = new PortRelay(opener, listening);
            background("accept", relay::accept);
            URI address = URI.create("http://127.0.0.1:" + listening.getLocalPort());
            return new PortForward(devicePort, address, relay::close);
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
                Wire wire = opener.open()) {
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

    private static void outwards(Socket socket, Wire wire) {
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
        Thread thread = new Thread(work, "port relay " + name);
        thread.setDaemon(true);
        thread.start();
    }
}
