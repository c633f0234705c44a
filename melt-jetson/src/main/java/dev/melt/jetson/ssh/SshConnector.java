package dev.melt.jetson.ssh;

import dev.melt.core.device.DeviceException;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.DeviceException.Unreachable;
import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.PlainText;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.transport.TransportException;

/**
 * Connects to hosts: through those in between, with the host's key checked and the user logged in. Keeps nothing.
 *
 * @param environment the process's variables, for secrets
 */
record SshConnector(SshConfig config, Map<String, String> environment) {
    private static final int MOST_JUMPS = 8;

    /** Made before anything else of the library is touched, which would choose its ciphers for itself then. */
    private static final Config METHODS = SshCiphers.methods();

    /** Of a host whose key is not to be believed; a person has to look. */
    static final class Distrusted extends RuntimeException {
        private final transient InvalidInputException problem;

        Distrusted(InvalidInputException problem) {
            super(problem);
            this.problem = problem;
        }

        InvalidInputException problem() {
            return problem;
        }
    }

    /** A connection and those that it goes through, the last one first. */
    record Connected(SSHClient client, List<SSHClient> through) {
        /** Closes them all. */
        void close() {
            quietly(client);
            through.forEach(SshConnector::quietly);
        }
    }

    /**
     * Connects and logs in.
     *
     * @throws Distrusted when the host's key is unknown or another one
     * @throws DeviceException when it cannot be reached or does not let us in
     */
    Connected connect(SshHost host) {
        List<SSHClient> through = new ArrayList<>();
        try {
            jump(host, through);
            return new Connected(open(host, through), through);
        } catch (RuntimeException e) {
            through.forEach(SshConnector::quietly);
            throw e;
        }
    }

    /** Connects the hosts on the way, each through those before it; a first one may have its own way. */
    private void jump(SshHost host, List<SSHClient> through) {
        for (Destination destination : host.jumps()) {
            if (through.size() >= MOST_JUMPS) {
                throw new ProtocolViolation(
                        "[" + host.label() + "] more than " + MOST_JUMPS + " hosts on the way", null);
            }
            SshHost next = config.resolve(destination);
            if (through.isEmpty() && !next.alias().equals(host.alias())) {
                jump(next, through);
            }
            through.add(0, open(next, through));
        }
    }

    private SSHClient open(SshHost host, List<SSHClient> through) {
        KnownHosts known = new KnownHosts(host);
        SSHClient client = new SSHClient(METHODS);
        client.addHostKeyVerifier(known);
        client.setConnectTimeout((int) host.connectTimeout().toMillis());
        client.setTimeout((int) host.connectTimeout().toMillis());
        try {
            if (!through.isEmpty()) {
                client.setSocketFactory(tunnel(through.get(0), host));
            }
            client.connect(host.hostName(), host.port());
            client.getTransport().setTimeoutMs((int) host.connectTimeout().toMillis());
            new SshLogin(host, environment).enter(client);
            client.setTimeout(0);
            return client;
        } catch (IOException e) {
            quietly(client);
            known.problem().ifPresent(problem -> {
                throw new Distrusted(new InvalidInputException(problem));
            });
            throw failure(host, e);
        } catch (RuntimeException e) {
            quietly(client);
            throw e;
        }
    }

    /** The library connects a socket; this one is connected already. */
    private static SocketFactory tunnel(SSHClient through, SshHost to) throws IOException {
        TunnelSocket socket = new TunnelSocket(through.newDirectConnection(to.hostName(), to.port()));
        return new SocketFactory() {
            @Override
            public Socket createSocket() {
                return socket;
            }

            @Override
            public Socket createSocket(String host, int port) {
                return socket;
            }

            @Override
            public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort) {
                return socket;
            }

            @Override
            public Socket createSocket(java.net.InetAddress host, int port) {
                return socket;
            }

            @Override
            public Socket createSocket(java.net.InetAddress host, int port, java.net.InetAddress local, int localPort) {
                return socket;
            }
        };
    }

    private static DeviceException failure(SshHost host, IOException e) {
        String message = "[" + host.label() + "] " + host.address() + ": " + words(e);
        if (e instanceof TransportException transport
                && transport.getDisconnectReason() == DisconnectReason.KEY_EXCHANGE_FAILED) {
            return new ProtocolViolation(message + "; both ends have no method in common", e);
        }
        return new Unreachable(message, e);
    }

    static String words(Throwable e) {
        String said = e.getMessage();
        if (e instanceof java.net.UnknownHostException || e.getCause() instanceof java.net.UnknownHostException) {
            return "no such host name; give its address in ~/.ssh/config: Host and HostName";
        }
        if (e instanceof java.nio.channels.UnresolvedAddressException) {
            return "no such host name";
        }
        return said == null ? e.getClass().getSimpleName() : PlainText.oneLine(said);
    }

    static void quietly(SSHClient client) {
        try {
            client.close();
        } catch (IOException gone) {
            // it is closed, as was wanted
        }
    }

    /** For messages. */
    static String names(List<String> words) {
        return words.stream().collect(Collectors.joining(", "));
    }
}
