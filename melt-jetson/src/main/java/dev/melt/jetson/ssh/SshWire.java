package dev.melt.jetson.ssh;

import dev.melt.core.remote.LinkWatch;
import dev.melt.core.remote.PortRelay;
import java.io.IOException;
import java.util.Optional;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;

/**
 * A stream to a port of a host's loopback interface, in a channel of its own of the one connection. Watched for as long as it is open:
 * whoever waits for an answer over a link that is silent would wait for ever, and so would the next one.
 */
record SshWire(DirectConnection channel, LinkWatch watch) implements PortRelay.Wire {
    static SshWire open(SshLink link, int port) throws IOException {
        LinkWatch watch = link.watch(link::drop, Optional.empty());
        try {
            return new SshWire(link.direct(port), watch);
        } catch (IOException | RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = channel.getInputStream().read(into, offset, length);
        watch.alive();
        return read;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        channel.getOutputStream().write(from, offset, length);
        channel.getOutputStream().flush();
        watch.alive();
    }

    @Override
    public void close() {
        watch.close();
        try {
            channel.close();
        } catch (IOException gone) {
            // with its connection
        }
    }
}
