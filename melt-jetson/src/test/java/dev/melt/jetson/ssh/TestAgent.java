package dev.melt.jetson.ssh;

import dev.melt.testkit.DebianPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** OpenSSH's own agent on a socket of its own. */
final class TestAgent implements AutoCloseable {
    private final Path folder;
    private final Path socket;
    private final Process process;

    private TestAgent(Path folder, Path socket, Process process) {
        this.folder = folder;
        this.socket = socket;
        this.process = process;
    }

    static TestAgent start() throws IOException, InterruptedException {
        DebianPackage.require("openssh-client", "ssh-agent");
        Path folder = Files.createTempDirectory("agent"); // the path of a socket has to be short
        Path socket = folder.resolve("s");
        Process process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        TestAgent agent = new TestAgent(folder, socket, process);
        while (!Files.exists(socket) && process.isAlive()) {
            Thread.sleep(10);
        }
        return agent;
    }

    String socket() {
        return socket.toString();
    }

    /** Gives it a key and takes the private half away from the disk. */
    void take(Path key) throws IOException, InterruptedException {
        OpenSsh.run("env", "SSH_AUTH_SOCK=" + socket, "ssh-add", "-q", key.toString());
        Files.delete(key);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(folder.resolve("log"));
        Files.deleteIfExists(folder);
    }
}
