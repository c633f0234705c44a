package dev.melt.virtual.ios.mux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a host keeps of the phones that trust it, a file each, as usbmuxd has them in {@code /var/lib/lockdown}. */
final class PairRecords {
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

    private final Path folder;

    PairRecords(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    synchronized Optional<byte[]> read(String id) throws IOException {
        Path file = file(id);
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    synchronized void save(String id, byte[] record) throws IOException {
        Files.write(file(id), record);
    }

    /** Whether there was one. */
    synchronized boolean delete(String id) throws IOException {
        return Files.deleteIfExists(file(id));
    }

    private Path file(String id) throws IOException {
        if (!ID.matcher(id).matches()) {
            throw new IOException("no name of a pair record: " + id);
        }
        return folder.resolve(id + ".plist");
    }
}
