package dev.melt.embedded.llama;

import dev.melt.embedded.llama.LlamaException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The native libraries, taken once out of the jars into a folder named by their content.
 *
 * <p>Workers may start in parallel: each writes a file of its own and renames it. The folder must belong to this user,
 * for on a shared machine another could have put a library there before us.
 *
 * @param llama llama.cpp
 * @param jnaFolder the folder that holds JNA's own library
 */
public record NativeFiles(Path llama, Path jnaFolder) {
    /** One library in a jar: where it lies, how it is called outside, and what it must be. */
    private record Entry(String resource, String file, String sha256) {}

    private record Target(Entry llama, Entry jna) {}

    private static final Map<String, Target> TARGETS = Map.of(
            "x86_64",
            new Target(
                    new Entry(
                            "de/kherud/llama/Linux/x86_64/libjllama.so",
                            "libjllama.so",
                            "93276c536d00f037c37ed6ec1e55be9c828940f4a0af59af10a8f638a31bbc3c"),
                    new Entry(
                            "com/sun/jna/linux-x86-64/libjnidispatch.so",
                            "libjnidispatch.so",
                            "ca07953d595210082339753d9e818a1fdb40509a17a41914d9a2cb0d2df6b6af")),
            "aarch64",
            new Target(
                    new Entry(
                            "de/kherud/llama/Linux/aarch64/libjllama.so",
                            "libjllama.so",
                            "d852c1625b2dac90a974613a2f019ecabf0c5d7bc054dcc14a05246d5aa2a1a7"),
                    new Entry(
                            "com/sun/jna/linux-aarch64/libjnidispatch.so",
                            "libjnidispatch.so",
                            "f18fa2c973b2b9ea2dfa6d36d397e0bb743aa2aa09876e2a3b8c87a5e67bf8b6")));

    /** Puts the libraries of this machine into {@code parent}, or finds them there. */
    public static NativeFiles in(Path parent) {
        Target target = target(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Path folder = parent.resolve("melt-native-" + target.llama().sha256().substring(0, 16));
        try {
            makeOwn(folder);
            Path llama = extract(target.llama(), folder);
            extract(target.jna(), folder);
            return new NativeFiles(llama, folder);
        } catch (IOException e) {
            throw new LlamaException(
                    Reason.BACKEND,
                    "native libraries: cannot be written to " + folder + " (" + e
                            + "); name a folder with --native-dir",
                    e);
        }
    }

    private static Target target(String system, String machine) {
        String arch = machine.equals("amd64") ? "x86_64" : machine;
        Target target = TARGETS.get(arch);
        if (target == null || !system.toLowerCase(Locale.ROOT).equals("linux")) {
            throw new LlamaException(
                    Reason.BACKEND,
                    "the embedded engine runs on Linux x86_64 and aarch64; this is " + system + " " + machine);
        }
        return target;
    }

    private static void makeOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                // another worker was faster; whose it is, is looked at below
            }
        }
        Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!owner.equals(self)) {
            throw new IOException(folder + " belongs to user " + owner + ", this is user " + self);
        }
    }

    private static Path extract(Entry entry, Path folder) throws IOException {
        Path file = folder.resolve(entry.file());
        if (Files.exists(file)) {
            return file;
        }
        Path own = Files.createTempFile(folder, entry.file(), ".part");
        try {
            String found = copy(entry, own);
            if (!found.equals(entry.sha256())) {
                throw new LlamaException(
                        Reason.BACKEND,
                        entry.resource() + ": library is not b4916 as de.kherud:llama 4.2.0 holds it (sha256 " + found
                                + ", expected " + entry.sha256() + ")");
            }
            return Files.move(own, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private static String copy(Entry entry, Path file) throws IOException {
        try (InputStream in = NativeFiles.class.getClassLoader().getResourceAsStream(entry.resource())) {
            if (in == null) {
                throw new LlamaException(Reason.BACKEND, entry.resource() + ": not on the class path");
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Files.copy(new DigestInputStream(in, digest), file, StandardCopyOption.REPLACE_EXISTING);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
