package dev.melt.virtual.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The keys of one SSH server and of the one user that it knows, made by {@code ssh-keygen}; they stay in their folder. */
public record SshKeys(Path folder) {
    private static final long SECONDS = 30;

    public SshKeys {
        folder = folder.toAbsolutePath();
    }

    /**
     * Makes those that are missing.
     *
     * @param rekeyed whether the server gets another key than it had
     */
    public void make(boolean rekeyed) throws IOException {
        Files.createDirectories(folder);
        if (rekeyed) {
            Files.deleteIfExists(host());
            Files.deleteIfExists(publicPart(host()));
        }
        generate(host(), "virtual host");
        generate(identity(), "virtual user");
        Files.copy(publicPart(identity()), authorized(), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The server's private key. */
    public Path host() {
        return folder.resolve("host_ed25519");
    }

    /** The user's private key. */
    public Path identity() {
        return folder.resolve("id_ed25519");
    }

    /** The keys with which the server lets people in. */
    public Path authorized() {
        return folder.resolve("authorized_keys");
    }

    /** What a client's {@code known_hosts} says of this server. */
    public String knownHost(String host, int port) throws IOException {
        String[] words = Files.readString(publicPart(host())).strip().split(" ", -1);
        return "[" + host + "]:" + port + " " + words[0] + " " + words[1];
    }

    private static Path publicPart(Path key) {
        return key.resolveSibling(key.getFileName() + ".pub");
    }

    private static void generate(Path key, String comment) throws IOException {
        if (Files.exists(key)) {
            return;
        }
        Process process = new ProcessBuilder(
                        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", key.toString()))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("ssh-keygen: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        }
    }
}
