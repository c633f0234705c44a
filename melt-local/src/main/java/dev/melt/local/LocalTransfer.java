package dev.melt.local;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.melt.core.device.DeviceException.LinkLost;
import dev.melt.core.device.DeviceException.ProtocolViolation;
import dev.melt.core.device.TransferListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Brings a file from one folder to another, whole or not at all; a broken copy is continued where it broke. */
final class LocalTransfer {
    /** Below this a copy is as quick as a link and shares nothing with a file that its owner may change. */
    private static final long WORTH_A_LINK = 1 << 20;

    private static final int CHUNK = 4 << 20;

    /** How much of a broken copy is compared before it is continued: it may be another file's. */
    private static final int COMPARED = 1 << 16;

    private LocalTransfer() {}

    /** A hard link where both lie on one file system and the file is large, else a copy. */
    static void push(Path source, Path target, TransferListener listener) {
        try {
            Files.createDirectories(parent(target));
            long size = Files.size(source);
            if (size >= WORTH_A_LINK && linked(source, target)) {
                listener.transferred(size, size);
                return;
            }
            copy(source, target, listener);
        } catch (IOException e) {
            throw failure(source, target, e);
        }
    }

    /** Always a copy: what a trial wrote must stay as it was collected. */
    static void pull(Path source, Path target, TransferListener listener) {
        if (!Files.isRegularFile(source)) {
            throw new ProtocolViolation("[local] pull " + source + ": there is no such file", null);
        }
        try {
            Files.createDirectories(parent(target));
            Files.deleteIfExists(part(target)); // it may still grow on the device
            copy(source, target, listener);
        } catch (IOException e) {
            throw failure(source, target, e);
        }
    }

    private static boolean linked(Path source, Path target) throws IOException {
        Path link = target.resolveSibling(target.getFileName() + ".link");
        Files.deleteIfExists(link);
        try {
            Files.createLink(link, source.toRealPath());
        } catch (FileSystemException | UnsupportedOperationException otherFileSystem) {
            return false;
        }
        Files.move(link, target, ATOMIC_MOVE, REPLACE_EXISTING);
        Files.deleteIfExists(link); // a move between two names of one file does nothing
        return true;
    }

    private static void copy(Path source, Path target, TransferListener listener) throws IOException {
        Path part = part(target);
        try (FileChannel in = FileChannel.open(source, READ);
                FileChannel out = FileChannel.open(part, CREATE, READ, WRITE)) {
            long size = in.size();
            long done = continues(in, out) ? out.size() : 0;
            out.truncate(done);
            while (done < size) {
                long moved = in.transferTo(done, Math.min(CHUNK, size - done), out.position(done));
                if (moved <= 0) {
                    throw new IOException("the file became shorter while it was copied");
                }
                done += moved;
                listener.transferred(done, size);
            }
        }
        Files.move(part, target, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private static boolean continues(FileChannel in, FileChannel out) throws IOException {
        long there = out.size();
        if (there == 0 || there > in.size()) {
            return false;
        }
        int length = (int) Math.min(COMPARED, there);
        return tail(in, there - length, length).equals(tail(out, there - length, length));
    }

    private static ByteBuffer tail(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) > 0) {
            // until it is full or the file ends
        }
        return bytes.flip();
    }

    private static Path part(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    private static Path parent(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("a target must lie in a folder, was " + target);
        }
        return parent;
    }

    private static LinkLost failure(Path source, Path target, IOException cause) {
        return new LinkLost("[local] copy " + source + " to " + target + ": " + cause, cause);
    }
}
