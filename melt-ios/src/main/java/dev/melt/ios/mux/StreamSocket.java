package dev.melt.ios.mux;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A stream in the shape on which Java's TLS is laid. Whoever waits on it has a deadline beside it. */
final class StreamSocket extends Socket {
    private final MuxSocket stream;
    private volatile boolean open = true;

    StreamSocket(MuxSocket stream) {
        this.stream = stream;
    }

    @Override
    public boolean isConnected() {
        return open;
    }

    @Override
    public boolean isClosed() {
        return !open;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setSoTimeout(int timeout) {
        // the deadline of each talk closes the stream
    }

    @Override
    public int getSoTimeout() {
        return 0;
    }

    @Override
    public void setSoLinger(boolean on, int linger) {
        // there is no such thing here
    }

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // nor this
    }

    @Override
    public void shutdownInput() {
        close();
    }

    @Override
    public void shutdownOutput() {
        close();
    }

    @Override
    public InputStream getInputStream() {
        return stream.stream();
    }

    @Override
    public OutputStream getOutputStream() {
        return stream.sink();
    }

    @Override
    public synchronized void close() {
        open = false;
        stream.close();
    }
}
