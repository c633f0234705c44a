package dev.melt.jetson.ssh;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.remote.LinkWatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.Connection;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * One connection to a host, over which everything goes at once. Opened when it is first needed and again after it broke. Safe for use
 * by several threads.
 */
final class SshLink implements AutoCloseable {
    private static final Duration PULSE = Duration.ofSeconds(2);

    private final SshHost host;
    private final SshConnector connector;
    private Optional<SshConnector.Connected> connected = Optional.empty();

    SshLink(SshHost host, SshConnector connector) {
        this.host = host;
        this.connector = connector;
    }

    SshHost host() {
        return host;
    }

    /**
     * The connection, opened where there is none.
     *
     * @throws DeviceException when it cannot be
     */
    synchronized SSHClient client() {
        if (connected.filter(c -> isUp(c.client())).isEmpty()) {
            drop();
            try {
                connected = Optional.of(connector.connect(host));
            } catch (SshConnector.Distrusted other) { // it was trusted when the device was opened
                throw new Unauthorised(String.valueOf(other.problem().getMessage()), other);
            }
        }
        return connected.get().client();
    }

    /** What is opened over the connection. */
    private interface Opening<T> {
        T over(SSHClient client) throws IOException;
    }

    /** A channel for a command. */
    Session session() throws IOException {
        return opened(SSHClient::startSession);
    }

    /** A channel to a port of the host's loopback interface. */
    DirectConnection direct(int port) throws IOException {
        return opened(client -> client.newDirectConnection("127.0.0.1", port));
    }

    /** The library complains in two ways of a connection that broke a moment ago. */
    private <T> T opened(Opening<T> opening) throws IOException {
        try {
            return opening.over(client());
        } catch (IllegalStateException gone) {
            throw new IOException("the connection ended", gone);
        }
    }

    /** The first connection: what a person has to do is bad input still. */
    synchronized void open() {
        try {
            connected = Optional.of(connector.connect(host));
        } catch (SshConnector.Distrusted other) {
            throw other.problem();
        }
    }

    private static boolean isUp(SSHClient client) {
        return client.isConnected() && client.isAuthenticated();
    }

    /** Whether the host answers now, within two seconds. Opens nothing. */
    boolean answers() {
        Optional<SshConnector.Connected> now;
        synchronized (this) {
            now = connected;
        }
        return now.filter(c -> isUp(c.client()) && answers(c.client().getConnection()))
                .isPresent();
    }

    /** Hosts refuse this request, and that is an answer (OpenSSH's PROTOCOL, section 2.8). */
    private static boolean answers(Connection connection) {
        try {
            var answer = connection.sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
            return answer.tryRetrieve(PULSE.toMillis(), TimeUnit.MILLISECONDS) != null;
        } catch (IOException refused) {
            return connection.getTransport().isRunning();
        }
    }

    /** Watches over a call; a call that is broken off takes the connection with it, because no other will fare better. */
    LinkWatch watch(Runnable breaker, Optional<Duration> deadline) {
        return new LinkWatch(host.label(), this::answers, breaker, deadline);
    }

    /** Breaks the connection. Whoever uses it fails, the next one gets a new one. */
    void drop() {
        Optional<SshConnector.Connected> old;
        synchronized (this) {
            old = connected;
            connected = Optional.empty();
        }
        // the farewell of a link that is stuck would wait: the socket goes first
        old.ifPresent(gone -> {
            abandon(gone.client());
            gone.through().forEach(SshLink::abandon);
        });
    }

    private static void abandon(SSHClient client) {
        client.getTransport().die(new SSHException("the link was given up"));
        try {
            client.getSocket().close();
        } catch (IOException | RuntimeException closed) {
            // as was wanted
        }
    }

    /** What a failure in the middle of something means. */
    DeviceException during(String what, IOException cause) {
        if (cause instanceof InterruptedIOException || cause.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new LinkLost("[" + host.label() + "] " + what + ": " + SshConnector.words(cause), cause);
    }

    @Override
    public synchronized void close() {
        connected.ifPresent(SshConnector.Connected::close);
        connected = Optional.empty();
    }
}
