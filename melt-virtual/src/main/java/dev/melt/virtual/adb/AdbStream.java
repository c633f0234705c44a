package dev.melt.virtual.adb;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * One of the streams that a connection carries. Reading waits for data, writing for the peer's consent to the packet before.
 * One thread reads, one writes.
 */
final class AdbStream {
    private final AdbConnection connection;
    private final int id;
    private final int peerId;
    private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
    private boolean mayWrite = true;
    private boolean closed;
    private byte[] rest = new byte[0];

    AdbStream(AdbConnection connection, int id, int peerId) {
        this.connection = connection;
        this.id = id;
        this.peerId = peerId;
    }

    int id() {
        return id;
    }

    int peerId() {
        return peerId;
    }

    /** The next bytes, as many as came in one packet; empty at the end of the stream. */
    byte[] read() throws IOException {
        if (rest.length > 0) {
            byte[] all = rest;
            rest = new byte[0];
            return all;
        }
        synchronized (this) {
            pauseUntil(() -> !arrived.isEmpty() || closed);
            if (arrived.isEmpty()) {
                return new byte[0];
            }
        }
        byte[] data;
        synchronized (this) {
            data = arrived.remove();
        }
        connection.send(AdbMessage.of("OKAY", id, peerId));
        return data;
    }

    /** Exactly so many bytes. */
    byte[] read(int count) throws IOException {
        byte[] whole = new byte[count];
        int have = 0;
        while (have < count) {
            byte[] more = read();
            if (more.length == 0) {
                throw new EOFException("the stream ended after " + have + " of " + count + " bytes");
            }
            int take = Math.min(more.length, count - have);
            System.arraycopy(more, 0, whole, have, take);
            have += take;
            rest = take < more.length ? Arrays.copyOfRange(more, take, more.length) : rest;
        }
        return whole;
    }

    /** Sends bytes, in packets that the peer takes one after the other. */
    void write(byte[] data) throws IOException {
        for (int from = 0; from < data.length; from += connection.largest()) {
            synchronized (this) {
                pauseUntil(() -> mayWrite || closed);
                if (closed) {
                    throw new IOException("the stream is closed");
                }
                mayWrite = false;
            }
            int to = Math.min(data.length, from + connection.largest());
            connection.send(new AdbMessage("WRTE", id, peerId, Arrays.copyOfRange(data, from, to)));
        }
    }

    /** Ends the stream for both sides. */
    void close() throws IOException {
        if (end()) {
            connection.send(AdbMessage.of("CLSE", id, peerId));
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    synchronized void consented() {
        mayWrite = true;
        notifyAll();
    }

    synchronized void arrived(byte[] data) {
        arrived.add(data);
        notifyAll();
    }

    /** Whether it was open until now. */
    synchronized boolean end() {
        boolean wasOpen = !closed;
        closed = true;
        notifyAll();
        return wasOpen;
    }

    private synchronized void pauseUntil(BooleanSupplier changed) throws IOException {
        try {
            while (!changed.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
