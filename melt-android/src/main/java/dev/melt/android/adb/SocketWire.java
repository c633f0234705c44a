package dev.melt.android.adb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;

/** A stream that is a socket. */
record SocketWire(Socket socket) implements AdbWire {
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return socket.getInputStream().read(into, offset, length);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        socket.getOutputStream().write(from, offset, length);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
