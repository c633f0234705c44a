package dev.melt.jetson.ssh;

import dev.melt.core.remote.PortRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/** A stream to a port of a host's loopback interface, in a channel of its own of the one connection. */
record SshWire(DirectConnection channel) implements PortRelay.Wire {
    static SshWire open(SshLink link, int port) throws IOException {
        return new SshWire(link.direct(port));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return channel.getInputStream().read(into, offset, length);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        channel.getOutputStream().write(from, offset, length);
        channel.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
