package dev.melt.jetson.ssh;

import static org.awaitility.Awaitility.await;

import dev.melt.core.device.DeviceDriver;
import dev.melt.core.device.DriverContext;
import dev.melt.testkit.DebianPackage;
import java.io.IOException;
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

/** OpenSSH's server from Debian on a port of this machine, with keys of its own; who logs in is whoever runs the test. */
final class TestSshd implements AutoCloseable {
    final Path folder;
    final int port;
    private final Process process;

    private TestSshd(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static TestSshd start(Path folder, String... more) throws IOException, InterruptedException {
        DebianPackage.require("openssh-client", "ssh-keygen");
        if (!Files.isExecutable(Path.of("/usr/sbin/sshd"))) {
            DebianPackage.require("openssh-server", "sshd");
        }
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        key(folder.resolve("host_key"), "ed25519", "");
        key(folder.resolve("user_key"), "ed25519", "");
        Files.copy(folder.resolve("user_key.pub"), folder.resolve("authorized_keys"));
        List<String> config = new ArrayList<>(List.of(
                "ListenAddress 127.0.0.1",
                "Port " + port,
                "HostKey " + folder.resolve("host_key"),
                "PidFile none",
                "StrictModes no",
                "UsePAM no",
                "PasswordAuthentication no",
                "AuthorizedKeysFile " + folder.resolve("authorized_keys"),
                "PermitRootLogin prohibit-password",
                "MaxStartups 100"));
        config.addAll(List.of(more));
        Files.write(folder.resolve("sshd_config"), config);
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host_key.pub")));
        Files.writeString(
                folder.resolve("ssh_config"),
                "Host board\n  HostName 127.0.0.1\n  Port " + port + "\n  IdentityFile "
                        + folder.resolve("user_key") + "\n  IdentitiesOnly yes\n  UserKnownHostsFile "
                        + folder.resolve("known_hosts") + "\n  GlobalKnownHostsFile none\n");
        Process process = new ProcessBuilder(
                        "/usr/sbin/sshd",
                        "-D",
                        "-e",
                        "-f",
                        folder.resolve("sshd_config").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
        TestSshd sshd = new TestSshd(folder, port, process);
        await().atMost(Duration.ofSeconds(20)).until(sshd::listens);
        return sshd;
    }

    static void key(Path file, String kind, String passphrase) throws IOException, InterruptedException {
        int code = new ProcessBuilder(
                        "ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "test", "-f", file.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("ssh-keygen: exit " + code);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
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

    DeviceDriver open(String name, Map<String, String> environment) {
        return new SshDriverProvider().open(name, new DriverContext(folder, environment));
    }

    DeviceDriver open() {
        return open("board", environment());
    }

    /** Ends every connection, as a host does that goes down; the server stays. */
    void dropConnections() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
