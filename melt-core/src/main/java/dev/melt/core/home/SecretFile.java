package dev.melt.core.home;

import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** A file with a drawn key that only its owner may read. */
final class SecretFile {
    private static final int BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private SecretFile() {}

    static byte[] readOrDraw(Path file) {
        try {
            if (!Files.exists(file)) {
                draw(file);
            }
            checkPrivate(file);
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (IOException e) {
            throw FileProblems.of(file, e);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "a key of hexadecimal digits expected",
                    "it holds something else",
                    "delete the file: a new key is drawn, and new exports get new pseudonyms");
        }
    }

    /** Written whole under another name first: two processes may draw at once, and one of them wins. */
    private static void draw(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path drawn = Files.createTempFile(file.getParent(), ".secret", null, ownerOnly(file));
        try {
            Files.writeString(drawn, HexFormat.of().formatHex(key) + "\n");
            Files.createLink(file, drawn);
        } catch (FileAlreadyExistsException e) {
            // the other process was first, and its key counts
        } catch (UnsupportedOperationException e) {
            Files.move(drawn, file);
        } finally {
            Files.deleteIfExists(drawn);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return knowsPermissions(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void checkPrivate(Path file) throws IOException {
        if (!knowsPermissions(file)) {
            return;
        }
        Set<PosixFilePermission> granted = EnumSet.noneOf(PosixFilePermission.class);
        granted.addAll(Files.getPosixFilePermissions(file));
        granted.removeAll(OWNER_ONLY);
        if (!granted.isEmpty()) {
            throw new InvalidInputException(
                    file.toString(),
                    "a file that only its owner may read expected (mode 600)",
                    "others may use it too",
                    "chmod 600 " + file);
        }
    }

    private static boolean knowsPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
