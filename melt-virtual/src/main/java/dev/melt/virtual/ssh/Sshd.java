package dev.melt.virtual.ssh;

import dev.melt.virtual.box.Box;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenSSH's daemon on a port of the loopback interface, for this user alone and with one key. Every session runs one program, which
 * finds what was asked for in {@code SSH_ORIGINAL_COMMAND}. Runs from the beginning until it is closed, or until this program ends.
 */
public final class Sshd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
    private static final Path SFTP = Path.of("/usr/lib/openssh/sftp-server");
    private static final Path SEPARATION = Path.of("/run/sshd");
    private static final Duration START = Duration.ofSeconds(10);
    private static final int TRIES = 5;
    private static final Pattern VERSION = Pattern.compile("OpenSSH_(\\d+)\\.(\\d+)");
    private static final int FIRST_WITH_PENALTIES = 908;
    /** Ends the daemon when nobody holds its input open any more. */
    private static final String GUARDED =
            "exec 3<&0; { cat <&3 >/dev/null 2>&1; kill $$; } & exec \"$0\" \"$@\" </dev/null 3<&-";

    private final Path folder;
    private final SshKeys keys;
    private final Path program;
    private final Process process;
    private final int port;

    /**
     * Starts it.
     *
     * @param folder for its configuration and its log
     * @param program that every session runs
     * @throws IOException when it does not start; says why
     */
    public Sshd(Path folder, SshKeys keys, Path program) throws IOException {
        this.folder = folder.toAbsolutePath();
        this.keys = keys;
        this.program = program;
        if (Box.hasUsers()) {
            Files.createDirectories(SEPARATION);
        }
        for (int tries = 1; ; tries++) {
            int free = freePort();
            Process started = launch(free);
            if (answers(started, free)) {
                this.process = started;
                this.port = free;
                return;
            }
            end(started);
            if (tries == TRIES) {
                throw new IOException(
                        "sshd did not start: " + Files.readString(log()).strip());
            }
        }
    }

    /** Why it cannot run here; empty when it can. */
    public static Optional<String> obstacle() {
        return Files.isExecutable(PROGRAM)
                ? Optional.empty()
                : Optional.of(PROGRAM + " is missing: install openssh-server");
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** What it says, with the address of each who came. */
    public Path log() {
        return folder.resolve("sshd.log");
    }

    @Override
    public void close() throws IOException {
        end(process);
    }

    private Process launch(int free) throws IOException {
        Path config = folder.resolve("sshd_config");
        Files.writeString(config, config(free));
        return new ProcessBuilder(
                        List.of("/bin/sh", "-c", GUARDED, PROGRAM.toString(), "-D", "-e", "-f", config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private String config(int free) throws IOException {
        return """
                Port %d
                ListenAddress 127.0.0.1
                HostKey "%s"
                AuthorizedKeysFile "%s"
                AuthenticationMethods publickey
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                PermitRootLogin prohibit-password
                StrictModes no
                UsePAM no
                UseDNS no
                PidFile none
                PrintMotd no
                PrintLastLog no
                MaxStartups 200
                MaxSessions 200
                AllowTcpForwarding yes
                X11Forwarding no
                AllowAgentForwarding no
                LogLevel VERBOSE
                Subsystem sftp %s
                # so that bash, which enters the board, leaves this user's own .bashrc alone
                SetEnv SHLVL=1
                ForceCommand '%s'
                %s
                """.formatted(
                        free,
                        keys.host(),
                        keys.authorized(),
                        Files.isExecutable(SFTP) ? SFTP : "internal-sftp",
                        program.toString().replace("'", "'\\''"),
                        isPatient() ? "" : "PerSourcePenalties no");
    }

    /** From 9.8 on it shuts out for a while those whose connections break often. */
    private static boolean isPatient() throws IOException {
        Process version = new ProcessBuilder(PROGRAM.toString(), "-V")
                .redirectErrorStream(true)
                .start();
        Matcher number = VERSION.matcher(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        return !number.find()
                || Integer.parseInt(number.group(1)) * 100 + Integer.parseInt(number.group(2)) < FIRST_WITH_PENALTIES;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket()) {
            free.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return free.getLocalPort();
        }
    }

    private static boolean answers(Process started, int port) throws IOException {
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline && started.isAlive()) {
            if (greets(port)) {
                return started.isAlive();
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        return false;
    }

    private static boolean greets(int port) {
        byte[] wanted = "SSH-2.0-".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) START.toMillis());
            return Arrays.equals(socket.getInputStream().readNBytes(wanted.length), wanted);
        } catch (IOException e) {
            return false;
        }
    }

    private static void end(Process process) throws IOException {
        process.getOutputStream().close();
        process.destroy();
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
