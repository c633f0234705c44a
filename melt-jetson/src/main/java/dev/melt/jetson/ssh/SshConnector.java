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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;

/**
 * Connects to hosts: through those in between, with the host's key checked and the user logged in. Keeps nothing.
 *
 * @param environment the process's variables, for secrets
 */
record SshConnector(SshConfig config, Map<String, String> environment) {
    private static final int MOST_JUMPS = 8;

    /** The library's words. */
    private static final Pattern NO_METHOD =
            Pattern.compile("Unable to reach a settlement of ([A-Za-z0-9]+): .* and (\\[.*])", Pattern.DOTALL);

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
        List<SSHClient> all() {
            return Stream.concat(Stream.of(client), through.stream()).toList();
        }

        /** Closes them all. */
        void close() {
            all().forEach(SshConnector::quietly);
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
            jump(host, through, List.of(host));
            return new Connected(open(host, through), through);
        } catch (RuntimeException e) {
            through.forEach(SshConnector::quietly);
            throw e;
        }
    }

    /**
     * Connects the hosts on the way, each through those before it; a first one may have its own way.
     *
     * @param behind the hosts that are reached through this one's, the last one first
     */
    private void jump(SshHost host, List<SSHClient> through, List<SshHost> behind) {
        for (Destination destination : host.jumps()) {
            SshHost next = config.resolve(destination);
            refuseLoop(next, through.size() + behind.size(), behind);
            if (through.isEmpty()) {
                jump(
                        next,
                        through,
                        Stream.concat(behind.stream(), Stream.of(next)).toList());
            }
            through.add(0, open(next, through));
        }
    }

    private static void refuseLoop(SshHost next, int length, List<SshHost> behind) {
        if (length > MOST_JUMPS || behind.stream().anyMatch(host -> host.alias().equals(next.alias()))) {
            throw new InvalidInputException(
                    "[" + behind.get(0).label() + "] ProxyJump",
                    "a way over at most " + MOST_JUMPS + " hosts expected",
                    "its configuration leads to " + next.alias() + " again and again, or over more",
                    "correct ProxyJump of "
                            + names(behind.stream().map(SshHost::alias).toList()));
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
        TunnelSocket socket = connectedThrough(through, to);
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

    private static TunnelSocket connectedThrough(SSHClient through, SshHost to) throws IOException {
        try {
            return new TunnelSocket(through.newDirectConnection(to.hostName(), to.port()));
        } catch (OpenFailException refused) {
            String reason = refused.getReason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
            throw new IOException(
                    through.getRemoteHostname() + ":" + through.getRemotePort() + " in between says " + reason + ", "
                            + refused.getMessage(),
                    refused);
        }
    }

    private static DeviceException failure(SshHost host, IOException e) {
        String subject = "[" + host.label() + "] " + host.address() + ": ";
        Matcher noMethod = NO_METHOD.matcher(String.valueOf(e.getMessage()));
        if (noMethod.matches()) {
            return new ProtocolViolation(
                    subject + "both ends have no method in common, it has as " + noMethod.group(1) + " "
                            + PlainText.oneLine(noMethod.group(2)),
                    e);
        }
        return new Unreachable(subject + words(e), e);
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
        return String.join(", ", words);
    }
}
