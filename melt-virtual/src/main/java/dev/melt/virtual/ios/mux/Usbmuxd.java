package dev.melt.virtual.ios.mux;

import static dev.melt.virtual.ios.wire.Plists.dict;

import com.dd.plist.NSArray;
import com.dd.plist.NSDictionary;
import dev.melt.virtual.ios.wire.Plists;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A usbmuxd with simulated phones on it, on a port of its own of the loopback interface: any number of phones may hang on it. Its
 * folder keeps the pair records of this host. Listens from the beginning until it is closed; safe for use by several threads.
 */
public final class Usbmuxd implements AutoCloseable {
    private final PairRecords records;
    private final String buid;
    private final List<ServerSocketChannel> servers = new ArrayList<>();
    private final int port;
    private final Set<MuxClient> clients = ConcurrentHashMap.newKeySet();
    private final Map<Integer, MuxDevice> devices = new TreeMap<>();
    private final Set<MuxClient> listeners = new LinkedHashSet<>();
    private int lastId = 2;

    /** What a listener is told first. */
    @FunctionalInterface
    interface Greeting {
        void send() throws IOException;
    }

    /**
     * Listens on a free port.
     *
     * @param folder where the pair records lie; made when it is missing
     */
    public Usbmuxd(Path folder) throws IOException {
        this.records = new PairRecords(folder);
        this.buid = buid(folder.resolve("SystemConfiguration"));
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.port = server.socket().getLocalPort();
        accept(server, "usbmuxd " + port);
    }

    /** What the idevice tools need in their environment to talk to it. */
    public Map<String, String> environment() {
        return Map.of("USBMUXD_SOCKET_ADDRESS", "127.0.0.1:" + port);
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /**
     * Listens on a socket of the file system too, for {@code USBMUXD_SOCKET_ADDRESS=UNIX:PATH}.
     *
     * @param socket at most about 100 bytes long, as kernels want it; removed when this is closed
     */
    public synchronized void listenAt(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        accept(server, "usbmuxd " + socket);
    }

    /**
     * A phone is put on its cable; nothing happens when it is there.
     *
     * @return its number, which is another each time
     */
    public synchronized int attach(MuxDevice device) {
        Optional<Integer> present = idOf(device);
        if (present.isPresent()) {
            return present.get();
        }
        int id = ++lastId;
        devices.put(id, device);
        NSDictionary event = attached(id, device);
        listeners.forEach(listener -> listener.event(event));
        return id;
    }

    /** A phone is taken off its cable: all connections to it end. */
    public void detach(MuxDevice device) {
        synchronized (this) {
            idOf(device).ifPresent(id -> {
                devices.remove(id);
                NSDictionary event = dict("MessageType", "Detached", "DeviceID", id);
                listeners.forEach(listener -> listener.event(event));
            });
        }
        device.cable().closeAll();
    }

    /** Whether a phone is on its cable. */
    public synchronized boolean isAttached(MuxDevice device) {
        return devices.containsValue(device);
    }

    /** What this host keeps of its pairing with a phone: the property list that tools read and save. */
    public Optional<byte[]> pairRecord(String udid) throws IOException {
        return records.read(udid);
    }

    @Override
    public void close() throws IOException {
        List<ServerSocketChannel> open;
        synchronized (this) {
            open = List.copyOf(servers);
            servers.clear();
        }
        for (ServerSocketChannel server : open) {
            SocketAddress address = server.getLocalAddress();
            server.close();
            if (address instanceof UnixDomainSocketAddress unix) {
                Files.deleteIfExists(unix.getPath());
            }
        }
        clients.forEach(MuxClient::close);
    }

    synchronized NSArray list() {
        return Plists.array(devices.entrySet().stream()
                .map(entry -> attached(entry.getKey(), entry.getValue()))
                .toList());
    }

    synchronized NSArray listeners() {
        return Plists.array(
                listeners.stream().map(listener -> dict("Blacklisted", false)).toList());
    }

    synchronized void listen(MuxClient client, Greeting greeting) throws IOException {
        greeting.send();
        listeners.add(client);
        devices.forEach((id, device) -> client.event(attached(id, device)));
    }

    synchronized void paired(String udid) {
        devices.forEach((id, device) -> {
            if (device.udid().equals(udid)) {
                NSDictionary event = dict("MessageType", "Paired", "DeviceID", id);
                listeners.forEach(listener -> listener.event(event));
            }
        });
    }

    synchronized Optional<MuxDevice> device(int id) {
        return Optional.ofNullable(devices.get(id));
    }

    synchronized void gone(MuxClient client) {
        listeners.remove(client);
        clients.remove(client);
    }

    String buid() {
        return buid;
    }

    private Optional<Integer> idOf(MuxDevice device) {
        return devices.entrySet().stream()
                .filter(entry -> entry.getValue() == device)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static NSDictionary attached(int id, MuxDevice device) {
        return dict(
                "DeviceID",
                id,
                "MessageType",
                "Attached",
                "Properties",
                dict(
                        "ConnectionSpeed",
                        480_000_000,
                        "ConnectionType",
                        "USB",
                        "DeviceID",
                        id,
                        "LocationID",
                        id << 16,
                        "ProductID",
                        device.productId(),
                        "SerialNumber",
                        device.udid()));
    }

    /** A host has one for ever. */
    private static String buid(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, UUID.randomUUID().toString().toUpperCase(Locale.ROOT));
        }
        return Files.readString(file);
    }

    private synchronized void accept(ServerSocketChannel server, String name) {
        servers.add(server);
        Thread thread = new Thread(() -> accept(server), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocketChannel server) {
        while (server.isOpen()) {
            try {
                SocketChannel socket = server.accept();
                if (server.getLocalAddress() instanceof InetSocketAddress) {
                    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                }
                MuxClient client = new MuxClient(this, records, new MuxWire(socket));
                clients.add(client);
                Thread thread = new Thread(client, "usbmux client");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed, or a tool that hung up while it connected
            }
        }
    }
}
