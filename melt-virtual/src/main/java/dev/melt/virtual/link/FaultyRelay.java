package dev.melt.virtual.link;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between clients and a server of this machine, on a port of its own of the loopback interface, and makes their link fail when
 * it is told to. Knows nothing of what goes through it. Listens from the beginning until it is closed; safe for use by several
 * threads.
 */
public final class FaultyRelay implements AutoCloseable {
    private static final int REBIND_TRIES = 50;
    private static final long HANG_UP_MILLIS = 5000;

    private final int port;
    private final int server;
    private final RelayGate gate = new RelayGate();
    private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
    private ServerSocket listening;
    private Thread acceptor;
    private boolean refusing;
    private boolean closed;

    /**
     * Listens.
     *
     * @param wanted the port to listen on when it is free; else, or if it is 0, any
     * @param server the port that is relayed to
     */
    public FaultyRelay(int wanted, int server) throws IOException {
        this.server = server;
        this.listening = free(wanted);
        this.port = listening.getLocalPort();
        this.acceptor = listen(listening);
    }

    /** Where clients connect, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** How many connections there are. */
    public int connections() {
        return connections.size();
    }

    /** Breaks every connection; clients may connect again. */
    public void drop() {
        connections.forEach(RelayedConnection::close);
        connections.clear();
    }

    /** All connections break when exactly so many more bytes have gone from clients to the server. Once. */
    public void dropAfter(long bytes) {
        gate.dropAfter(bytes);
    }

    /** Nothing goes through any more, in either direction, and neither end is told; what was sent comes when this ends. */
    public void stall(boolean on) {
        gate.stall(on);
    }

    /** Whether nobody listens on the port: who connects then is refused by the kernel. What is connected stays so. */
    public synchronized void refuse(boolean on) throws IOException {
        if (closed) {
            return;
        }
        if (on && !refusing) {
            hangUp();
        } else if (!on && refusing) {
            listening = again();
            acceptor = listen(listening);
        }
        refusing = on;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        hangUp();
        gate.stall(false);
        drop();
    }

    private static ServerSocket free(int wanted) throws IOException {
        try {
            return bound(wanted);
        } catch (IOException e) {
            return bound(0);
        }
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The kernel may have lent the port to a connection for a moment. */
    private ServerSocket again() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return bound(port);
            } catch (IOException e) {
                if (tries == REBIND_TRIES) {
                    throw e;
                }
                try {
                    Thread.sleep(100);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    private Thread listen(ServerSocket socket) {
        Thread thread = new Thread(() -> accept(socket), "relay " + port);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The kernel goes on to listen until the thread that waits there has gone. */
    private void hangUp() throws IOException {
        listening.close();
        try {
            acceptor.join(HANG_UP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                connect(socket.accept());
            } catch (IOException e) {
                // closed, or a client that hung up while it connected
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket behind = new Socket();
        try {
            behind.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server));
        } catch (IOException e) {
            client.close();
            behind.close();
            throw e;
        }
        client.setTcpNoDelay(true);
        behind.setTcpNoDelay(true);
        RelayedConnection connection = new RelayedConnection(client, behind);
        connections.add(connection);
        pump("up", connection, client, behind, true);
        pump("down", connection, behind, client, false);
    }

    private void pump(String name, RelayedConnection connection, Socket from, Socket to, boolean counted) {
        Thread thread = new Thread(() -> pump(connection, from, to, counted), "relay " + name + " " + port);
        thread.setDaemon(true);
        thread.start();
    }

    private void pump(RelayedConnection connection, Socket from, Socket to, boolean counted) {
        byte[] buffer = new byte[1 << 15];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                RelayGate.Passage passage = gate.pass(n, counted);
                to.getOutputStream().write(buffer, 0, passage.bytes());
                if (passage.last()) {
                    drop();
                    return;
                }
            }
            gate.pass(0, false);
            to.shutdownOutput();
            connection.halfClosed();
        } catch (IOException e) {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.close();
        } finally {
            if (connection.isClosed()) {
                connections.remove(connection);
            }
        }
    }
}
