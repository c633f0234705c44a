package dev.melt.core.bundle;

import dev.melt.core.engine.Bundle.BundleFile;
import dev.melt.core.file.ByteProgress;
import dev.melt.core.file.PartFile;
import dev.melt.core.file.Sha256;
import dev.melt.core.problem.InvalidInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Copies a bundle's files into a folder, and makes sure that what arrived is what was hashed. One use. */
final class BundleCopy {
    private static final Set<PosixFilePermission> PROGRAM = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");

    private final Path folder;
    private final ByteProgress progress;
    private final Map<String, Path> copied = new HashMap<>();
    private long done;

    BundleCopy(Path folder, ByteProgress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    void copy(List<BundleFile> files) throws IOException {
        long total = 0;
        for (BundleFile file : files) {
            total += Files.size(file.path());
        }
        Files.createDirectories(folder);
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < total) {
            throw new InvalidInputException(
                    "bundle",
                    PartFile.bytes(total) + " needed",
                    PartFile.bytes(free) + " free under " + folder.getParent(),
                    "free space, or use another folder with --home");
        }
        for (BundleFile file : files) {
            copy(file);
            done += Files.size(file.path());
            progress.at(done, total);
        }
    }

    /** Libraries lie under several names, links to one file where they were built: they take their space once. */
    private void copy(BundleFile file) throws IOException {
        Path target = folder.resolve(file.name());
        Files.createDirectories(target.getParent());
        Path twin = copied.get(file.sha256() + file.executable());
        if (twin != null && linked(target, twin)) {
            return;
        }
        Files.copy(file.path(), target);
        permit(target, file.executable() ? PROGRAM : PLAIN);
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        if (!Sha256.of(target, ByteProgress.NONE).equals(file.sha256())) {
            throw new InvalidInputException(
                    file.path().toString(),
                    "a file that stays as it is expected",
                    "it changed while it was copied",
                    "add the bundle when its build is done");
        }
        copied.put(file.sha256() + file.executable(), target);
    }

    private static boolean linked(Path target, Path twin) {
        try {
            Files.createLink(target, twin);
            return true;
        } catch (IOException | UnsupportedOperationException noLinksHere) {
            return false;
        }
    }

    private static void permit(Path file, Set<PosixFilePermission> permissions) throws IOException {
        try {
            Files.setPosixFilePermissions(file, permissions);
        } catch (UnsupportedOperationException e) {
            // a file system without permissions; the device's own copy gets the bit from the manifest
        }
    }
}
