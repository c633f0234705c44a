package dev.melt.jetson.ssh;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.testkit.DebianPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** OpenSSH's server from Debian on a port of this machine, with keys of its own; who logs in is whoever runs the test. */
final class TestSshd implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private static final int TRIES = 5;

    final Path folder;
    final int port;
    private Process process;

    private TestSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Starts one whose host key is an Ed25519 key; {@code more} are lines of its configuration. */
    static TestSshd start(Path folder, String... more) throws IOException, InterruptedException {
        return start(folder, List.of("ed25519"), more);
    }

    static TestSshd start(Path folder, List<String> hostKeys, String... more) throws IOException, InterruptedException {
        DebianPackage.require("openssh-client", "ssh-keygen");
        if (!Files.isExecutable(Path.of("/usr/sbin/sshd"))) {
            DebianPackage.require("openssh-server", "sshd");
        }
        Files.createDirectories(folder);
        for (String kind : hostKeys) {
            OpenSsh.key(folder.resolve("host_" + kind), kind, "");
        }
        Path user = OpenSsh.key(folder.resolve("user_key"), "ed25519", "");
        Files.copy(OpenSsh.publicPart(user), folder.resolve("authorized_keys"));
        List<String> lines = new ArrayList<>(List.of(more)); // sshd takes the first of each
        lines.addAll(lines(folder, hostKeys));
        for (int tries = 1; ; tries++) {
            int port = freePort();
            Files.write(folder.resolve("sshd_config"), lines);
            Files.writeString(folder.resolve("port"), "Port " + port + "\n");
            TestSshd sshd = new TestSshd(folder, port, launch(folder));
            if (sshd.comesUp()) {
                sshd.knows(hostKeys.get(0));
                Files.writeString(folder.resolve("ssh_config"), sshd.host("board"));
                return sshd;
            }
            sshd.close();
            if (tries == TRIES) {
                throw new IOException("sshd: " + sshd.log());
            }
        }
    }

    private static List<String> lines(Path folder, List<String> hostKeys) {
        List<String> lines = new ArrayList<>(List.of(
                "ListenAddress 127.0.0.1",
                "Include " + folder.resolve("port"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "KbdInteractiveAuthentication no",
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PermitRootLogin prohibit-password",
                "LogLevel VERBOSE",
                "SetEnv SHLVL=1", // with which bash leaves the user's .bashrc alone
                "MaxStartups 100"));
        hostKeys.forEach(kind -> lines.add("HostKey " + folder.resolve("host_" + kind)));
        return lines;
    }

    private static Process launch(Path folder) throws IOException {
        return new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("sshd.log").toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private boolean comesUp() throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            if (listens()) {
                return process.isAlive();
            }
            Thread.sleep(10);
        }
        return false;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The name of this server in {@code known_hosts}. */
    String name() {
        return "[127.0.0.1]:" + port;
    }

    Path hostKey(String kind) {
        return folder.resolve("host_" + kind + ".pub");
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /** Lets {@code known_hosts} have one of its keys, and nothing else. */
    void knows(String kind) throws IOException {
        Files.writeString(knownHosts(), name() + " " + Files.readString(hostKey(kind)));
    }

    /** What a client's configuration says of it; {@code more} comes first and wins. */
    String host(String alias, String... more) {
        List<String> lines = new ArrayList<>(List.of("Host " + alias));
        lines.addAll(List.of(more));
        if (lines.stream().noneMatch(line -> line.startsWith("IdentityFile"))) {
            lines.add("IdentityFile " + folder.resolve("user_key"));
        }
        lines.addAll(List.of(
                "HostName 127.0.0.1",
                "Port " + port,
                "IdentitiesOnly yes",
                "UserKnownHostsFile " + knownHosts(),
                "GlobalKnownHostsFile none"));
        return String.join("\n  ", lines) + "\n";
    }

    /** Writes the client's configuration anew. */
    void config(String... blocks) throws IOException {
        Files.writeString(folder.resolve("ssh_config"), String.join("", blocks));
    }

    /** What it said since it was first started. */
    String log() {
        try {
            return Files.readString(folder.resolve("sshd.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Variables with which MELT uses this server's configuration and nothing else of the user's. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", folder.toString());
        environment.put("MELT_SSH_CONFIG", folder.resolve("ssh_config").toString());
        return environment;
    }

    Map<String, String> environment(String name, String value) {
        Map<String, String> environment = environment();
        environment.put(name, value);
        return environment;
    }

    DeviceDriver open(String name, Map<String, String> environment) {
        return new SshDriverProvider().open(name, new DriverContext(folder, environment));
    }

    DeviceDriver open() {
        return open("board", environment());
    }

    /** A link that is not open yet: quicker than a driver, which looks around. */
    SshLink link(String name, Map<String, String> environment) {
        SshConfig config = new SshConfig(environment);
        return new SshLink(config.resolve(Destination.parse(name)), new SshConnector(config, environment));
    }

    /** Logs in and out again. */
    void login(String name, Map<String, String> environment) {
        try (SshLink link = link(name, environment)) {
            link.open();
        }
    }

    void login() {
        login("board", environment());
    }

    /** The daemon's processes that serve its connections; not the users', which may have something to put in order at their end. */
    Stream<ProcessHandle> sessions() {
        return process.descendants().filter(TestSshd::isDaemon);
    }

    private static boolean isDaemon(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/comm")).startsWith("sshd");
        } catch (IOException gone) {
            return false;
        }
    }

    /** Ends every connection, as a host does that goes down; the server stays. */
    void dropConnections() {
        sessions().forEach(ProcessHandle::destroyForcibly);
    }

    /** It falls silent in the middle of every connection, as behind a cable that was pulled; new ones it serves. */
    void freezeConnections() throws IOException, InterruptedException {
        for (ProcessHandle session : sessions().toList()) {
            OpenSsh.run("kill", "-STOP", Long.toString(session.pid()));
        }
    }

    void stop() throws InterruptedException {
        dropConnections();
        process.destroyForcibly().waitFor();
    }

    /** The same server again, on the same port. */
    void restart() throws IOException, InterruptedException {
        stop();
        process = launch(folder);
        if (!comesUp()) {
            throw new IOException("sshd: " + log());
        }
    }

    /** Gives it another host key at its next start. */
    void changeHostKey(String kind) throws IOException, InterruptedException {
        Files.delete(folder.resolve("host_" + kind));
        Files.delete(hostKey(kind));
        OpenSsh.key(folder.resolve("host_" + kind), kind, "");
    }

    @Override
    public void close() {
        dropConnections();
        process.destroyForcibly();
    }
}
