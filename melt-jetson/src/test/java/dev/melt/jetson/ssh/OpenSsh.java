package dev.melt.jetson.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** OpenSSH's own programs. */
final class OpenSsh {
    private OpenSsh() {}

    /** Makes a pair of keys; {@code more} are options of {@code ssh-keygen}. */
    static Path key(Path file, String kind, String passphrase, String... more)
            throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(
                List.of("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-C", "test", "-f", file.toString()));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
        return file;
    }

    static Path publicPart(Path key) {
        return key.resolveSibling(key.getFileName() + ".pub");
    }

    /** As {@code ssh-keygen -lf} has it: {@code SHA256:...}. */
    static String fingerprint(Path publicKey) throws IOException, InterruptedException {
        return run("ssh-keygen", "-lf", publicKey.toString()).split(" ", -1)[1];
    }

    /** Lets a server take a key. */
    static void authorize(TestSshd sshd, Path key) throws IOException {
        Files.copy(
                publicPart(key),
                sshd.folder.resolve("authorized_keys"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a program says that has to succeed. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            throw new IOException(String.join(" ", command) + ": exit " + code + ": " + said);
        }
        return said;
    }
}
