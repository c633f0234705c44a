package dev.melt.virtual.adb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The daemon of a virtual Android device: adb servers connect to its port with {@code adb connect}. Started once, closed once; safe
 * for use by several threads.
 */
public final class Adbd implements AutoCloseable {
    /** How the device behind the daemon is reached. */
    public interface Device {
        /** What is sent at the beginning: {@code device::ro.product.name=...;features=...}. */
        String banner();

        /** Whether shell commands come with their streams and exit code apart. */
        boolean hasShellV2();

        /** The command line on this machine that runs a shell command on the device. */
        List<String> shell(String command);

        /** Where a path of the device lies on this machine. */
        Path path(String onDevice);

        /** Whether files may be pushed there. */
        default boolean mayWrite(String onDevice) {
            return true;
        }

        /** A file or folder was made by a push: who owns it is the device's affair. */
        default void made(Path file) throws IOException {}

        /** A host asked for it: {@code adb reboot}. */
        default void reboot() {}
    }

    private final Device device;
    private final AdbFaults faults;
    private final AdbKeys keys;
    private final ServerSocket server;
    private final Set<AdbConnection> connections = ConcurrentHashMap.newKeySet();

    /** Listens on a free port of the loopback interface. */
    public Adbd(Device device, AdbFaults faults, AdbKeys keys) throws IOException {
        this.device = device;
        this.faults = faults;
        this.keys = keys;
        this.server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::accept, "adbd " + server.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    /** What a person gives to {@code adb connect}. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Breaks every connection, as a cable does that is pulled. Hosts may connect again. */
    public void dropConnections() {
        connections.forEach(AdbConnection::drop);
        connections.clear();
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropConnections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (faults.isRefusing()) {
                    socket.close();
                    continue;
                }
                AdbConnection connection = new AdbConnection(socket, device.banner(), keys, faults, this::service);
                connections.add(connection);
                Thread thread = new Thread(
                        () -> {
                            connection.run();
                            connections.remove(connection);
                        },
                        "adbd " + socket.getPort());
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed, or a host that hung up while it connected
            }
        }
    }

    private Optional<AdbService> service(String name) {
        if (name.startsWith("sync:")) {
            return Optional.of(new SyncService(device, faults));
        }
        if (name.startsWith("reboot:")) {
            return Optional.of(stream -> device.reboot());
        }
        if (name.startsWith("root:")) {
            return Optional.of(
                    stream -> stream.write("adbd cannot run as root in production builds\n".getBytes(US_ASCII)));
        }
        if (name.startsWith("tcp:")) {
            return Optional.of(new ForwardService(Integer.parseInt(name.substring("tcp:".length()))));
        }
        if (name.startsWith("exec:")) {
            return Optional.of(
                    new ShellService(device.shell(name.substring("exec:".length())), ShellService.Form.RAW, faults));
        }
        return shell(name);
    }

    /** {@code shell:CMD}, and with options {@code shell,v2,TERM=xterm,raw:CMD}. */
    private Optional<AdbService> shell(String name) {
        int colon = name.indexOf(':');
        if (!name.startsWith("shell") || colon < 0) {
            return Optional.empty();
        }
        List<String> options = List.of(name.substring(0, colon).split(",", -1));
        boolean framed = options.contains("v2");
        return framed && !device.hasShellV2()
                ? Optional.empty()
                : Optional.of(new ShellService(device.shell(name.substring(colon + 1)), form(framed), faults));
    }

    /** Daemons without the second version gave every command a terminal. */
    private ShellService.Form form(boolean framed) {
        if (framed) {
            return ShellService.Form.FRAMED;
        }
        return device.hasShellV2() ? ShellService.Form.RAW : ShellService.Form.TERMINAL;
    }
}
