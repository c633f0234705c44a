package dev.melt.jetson.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/** A way to a host through another one, in the shape that the library wants for a connection. */
final class TunnelSocket extends Socket {
    private final DirectConnection through;
    private volatile boolean open = true;

    TunnelSocket(DirectConnection through) {
        this.through = through;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) {
        // it is: the host in between has done so
    }

    @Override
    public void connect(SocketAddress endpoint) {
        // see above
    }

    @Override
    public boolean isConnected() {
        return open && through.isOpen();
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
    public int getPort() {
        return through.getRemotePort();
    }

    @Override
    public void setSoTimeout(int timeout) {
        // whoever waits has a watch beside it
    }

    @Override
    public InputStream getInputStream() {
        return through.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
        return through.getOutputStream();
    }

    @Override
    public synchronized void close() throws IOException {
        open = false;
        through.close();
    }
}
