package dev.melt.jetson.ssh;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.Unauthorised;
import dev.melt.core.remote.LinkWatch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private long connections;

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
                connect();
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
            connect();
        } catch (SshConnector.Distrusted other) {
            throw other.problem();
        }
    }

    private void connect() {
        connected = Optional.of(connector.connect(host));
        connections++;
    }

    /** The number of the connection that there is now, opened where there is none: what was learnt over another may be no more so. */
    synchronized long connection() {
        client();
        return connections;
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

    /** Asked by a thread of its own: while another one's bytes are stuck, nobody's go out. */
    private static boolean answers(Connection connection) {
        FutureTask<Boolean> question = new FutureTask<>(() -> ask(connection));
        background(question);
        try {
            return question.get(PULSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Hosts refuse this request, and that is an answer (OpenSSH's PROTOCOL, section 2.8). */
    private static boolean ask(Connection connection) {
        try {
            var answer = connection.sendGlobalRequest("keepalive@openssh.com", true, new byte[0]);
            return answer.tryRetrieve(PULSE.toMillis(), TimeUnit.MILLISECONDS) != null;
        } catch (IOException refused) {
            return connection.getTransport().isRunning();
        }
    }

    private static void background(Runnable work) {
        Thread thread = new Thread(work, "ssh link");
        thread.setDaemon(true);
        thread.start();
    }

    /** Watches over a call; a call that is broken off takes the connection with it, because no other will fare better. */
    LinkWatch watch(Runnable breaker, Optional<Duration> deadline) {
        return new LinkWatch(host.label(), this::answers, breaker, deadline);
    }

    /** Breaks the connection. Whoever uses it fails, the next one gets a new one. */
    void drop() {
        taken().ifPresent(SshLink::abandon);
    }

    private synchronized Optional<SshConnector.Connected> taken() {
        Optional<SshConnector.Connected> old = connected;
        connected = Optional.empty();
        return old;
    }

    /** The farewell of a link that is stuck would wait: the socket goes first, that to the first host on the way. */
    private static void abandon(SshConnector.Connected gone) {
        List<SSHClient> clients = gone.all();
        try {
            clients.get(clients.size() - 1).getSocket().close();
        } catch (IOException | RuntimeException closed) {
            // as was wanted
        }
        clients.forEach(client -> client.getTransport().die(new SSHException("the link was given up")));
    }

    /** What a failure in the middle of something means. */
    DeviceException during(String what, IOException cause) {
        if (cause instanceof InterruptedIOException || cause.getCause() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new LinkLost("[" + host.label() + "] " + what + ": " + SshConnector.words(cause), cause);
    }

    /** Says farewell, for as long as an answer may take. */
    @Override
    public void close() {
        taken().ifPresent(gone -> {
            FutureTask<Boolean> farewell = new FutureTask<>(gone::close, true);
            background(farewell);
            try {
                farewell.get(PULSE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException stuck) {
                abandon(gone);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                abandon(gone);
            }
        });
    }
}
