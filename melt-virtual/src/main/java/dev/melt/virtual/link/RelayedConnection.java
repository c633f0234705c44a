package dev.melt.virtual.link;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A client's connection and the one to the server that stands for it. Safe for use by several threads. */
final class RelayedConnection {
    private final Socket client;
    private final Socket server;
    private final AtomicInteger halves = new AtomicInteger();

    RelayedConnection(Socket client, Socket server) {
        this.client = client;
        this.server = server;
    }

    /** One side has said that it sends nothing more; with the second all is over. */
    void halfClosed() {
        if (halves.incrementAndGet() == 2) {
            close();
        }
    }

    boolean isClosed() {
        return client.isClosed();
    }

    void close() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // it is gone as it is
            }
        }
    }
}
