package dev.melt.virtual.adb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** Connects a stream with a port of the device, which is one of this machine. */
final class ForwardService implements AdbService {
    private final int port;

    ForwardService(int port) {
        this.port = port;
    }

    @Override
    public void serve(AdbStream stream) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            Thread outwards = new Thread(() -> pump(stream, out, socket), "adbd forward " + port);
            outwards.setDaemon(true);
            outwards.start();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 15];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                stream.write(Arrays.copyOf(buffer, n));
            }
        }
    }

    private static void pump(AdbStream stream, OutputStream out, Socket socket) {
        try {
            for (byte[] data = stream.read(); data.length > 0; data = stream.read()) {
                out.write(data);
                out.flush();
            }
            socket.close();
        } catch (IOException e) {
            // either end has hung up: the other direction ends with it
        }
    }
}
