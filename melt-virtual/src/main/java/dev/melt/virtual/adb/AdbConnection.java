package dev.melt.virtual.adb;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One adb server that has connected: the handshake, then many streams over one socket. Its thread reads until the end. */
final class AdbConnection implements Runnable {
    private static final int VERSION = 0x01000001;

    private final Socket socket;
    private final String banner;
    private final AdbKeys keys;
    private final AdbFaults faults;
    private final Function<String, Optional<AdbService>> services;
    private final OutputStream out;
    private final Map<Integer, AdbStream> streams = new ConcurrentHashMap<>();
    private int lastId;
    private int largest = 4096;

    /**
     * A connection that is served by {@link #run}.
     *
     * @param services by the name that a host opens: {@code shell,v2,raw:ls}
     */
    AdbConnection(
            Socket socket,
            String banner,
            AdbKeys keys,
            AdbFaults faults,
            Function<String, Optional<AdbService>> services)
            throws IOException {
        this.socket = socket;
        this.banner = banner;
        this.keys = keys;
        this.faults = faults;
        this.services = services;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        socket.setTcpNoDelay(true);
    }

    @Override
    public void run() {
        try (Socket open = socket) {
            DataInputStream in = new DataInputStream(open.getInputStream());
            while (true) {
                AdbMessage message = AdbMessage.read(in);
                if (faults.received(message.data().length)) {
                    return;
                }
                if (!faults.isMute()) {
                    take(message);
                }
            }
        } catch (IOException e) {
            // the host has hung up, or the fault that was asked for broke the link: there is nobody to tell
        } finally {
            streams.values().forEach(AdbStream::end);
        }
    }

    /** Breaks the link at once. */
    void drop() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is broken already
        }
    }

    int largest() {
        return largest;
    }

    void send(AdbMessage message) throws IOException {
        synchronized (out) {
            message.write(out);
        }
    }

    private void take(AdbMessage message) throws IOException {
        switch (message.command()) {
            case "CNXN" -> greet(message);
            case "AUTH" -> authorise(message);
            case "OPEN" -> open(message);
            case "OKAY" -> stream(message).ifPresent(AdbStream::consented);
            case "WRTE" -> stream(message).ifPresent(stream -> stream.arrived(message.data()));
            case "CLSE" ->
                stream(message).ifPresent(stream -> {
                    stream.end();
                    streams.remove(stream.id());
                });
            default -> throw new IOException("no packet of adb: " + message.command());
        }
    }

    private Optional<AdbStream> stream(AdbMessage message) {
        return Optional.ofNullable(streams.get(message.second()));
    }

    private void greet(AdbMessage message) throws IOException {
        largest = Math.min(message.second(), AdbMessage.LARGEST);
        if (keys.areAsked()) {
            send(new AdbMessage("AUTH", AdbKeys.TOKEN, 0, keys.token()));
        } else {
            welcome();
        }
    }

    private void authorise(AdbMessage message) throws IOException {
        boolean known = message.first() == AdbKeys.SIGNATURE
                ? keys.accepts(message.data())
                : message.first() == AdbKeys.PUBLIC_KEY && keys.offered(message.text());
        if (known) {
            welcome();
        } else if (message.first() == AdbKeys.SIGNATURE) {
            send(new AdbMessage("AUTH", AdbKeys.TOKEN, 0, keys.token()));
        }
    }

    private void welcome() throws IOException {
        send(new AdbMessage("CNXN", VERSION, AdbMessage.LARGEST, banner.getBytes(StandardCharsets.UTF_8)));
    }

    private void open(AdbMessage message) throws IOException {
        Optional<AdbService> service = services.apply(message.text());
        if (service.isEmpty()) {
            send(AdbMessage.of("CLSE", 0, message.first()));
            return;
        }
        AdbStream stream = new AdbStream(this, ++lastId, message.first());
        streams.put(stream.id(), stream);
        send(AdbMessage.of("OKAY", stream.id(), stream.peerId()));
        Thread thread = new Thread(() -> serve(service.get(), stream), "adbd " + message.text());
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(AdbService service, AdbStream stream) {
        try {
            service.serve(stream);
            stream.close();
        } catch (IOException e) {
            stream.end();
        } finally {
            streams.remove(stream.id());
        }
    }
}
