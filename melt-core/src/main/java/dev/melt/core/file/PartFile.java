package dev.melt.core.file;

import dev.melt.core.problem.InvalidInputException;
import dev.melt.core.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file in the making, {@code NAME.part} beside its place. It takes its name only when it is whole and on the disk. One
 * process at a time may hold it. What goes wrong on the disk is told with the figures. Not thread-safe.
 */
public final class PartFile implements WritableByteChannel {
    /** Left free on the disk, so that the store and the logs still have room. */
    private static final long RESERVE_BYTES = 64L << 20;

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final FileLock lock;

    private PartFile(Path target, Path part, FileChannel channel, FileLock lock) {
        this.target = target;
        this.part = part;
        this.channel = channel;
        this.lock = lock;
    }

    /** Where the file grows until it is whole. */
    public static Path partOf(Path target) {
        return target.resolveSibling(target.getFileName() + ".part");
    }

    /** Opens the part at its end, keeping what an earlier attempt left; the folder is made if it is missing. */
    public static PartFile open(Path target) {
        Path part = partOf(target);
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lock(part, channel);
            if (!Files.exists(part)) {
                channel.close(); // whoever held it finished between the two steps: this is the whole file now
                return open(target);
            }
            channel.position(channel.size());
            return new PartFile(target, part, channel, lock);
        } catch (IOException e) {
            throw failure(part, "a file that can be written needed", "writing is refused", e);
        }
    }

    private static FileLock lock(Path part, FileChannel channel) throws IOException {
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this process: the same answer as from another one
        }
        if (lock == null) {
            channel.close();
            throw new InvalidInputException(
                    part.toString(),
                    "a file that nobody else writes needed",
                    "another MELT is writing it",
                    "wait until it is done");
        }
        return lock;
    }

    /** Refuses when the disk has too little room for that many more bytes. */
    public void reserve(long bytes) {
        try {
            long free = Files.getFileStore(part).getUsableSpace();
            if (free - RESERVE_BYTES < bytes) {
                throw new InvalidInputException(
                        String.valueOf(target.getFileName()),
                        bytes(bytes) + " needed",
                        bytes(free) + " free under " + target.toAbsolutePath().getParent() + " (" + bytes(RESERVE_BYTES)
                                + " are kept free)",
                        "free space or set MELT_HOME to another disk");
            }
        } catch (IOException e) {
            throw failure(part, "the free space of its disk needed", "it cannot be read", e);
        }
    }

    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failure(part, "its size needed", "it cannot be read", e);
        }
    }

    /** Forgets everything after that many bytes. */
    public void truncate(long bytes) {
        try {
            channel.truncate(bytes);
            channel.position(bytes);
        } catch (IOException e) {
            throw failure(part, "a file that can be cut needed", "cutting failed", e);
        }
    }

    @Override
    public int write(ByteBuffer bytes) {
        int written = 0;
        try {
            while (bytes.hasRemaining()) {
                written += channel.write(bytes);
            }
            return written;
        } catch (IOException e) {
            throw failure(part, "room on the disk needed", "writing failed after " + bytes(size()), e);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Puts everything on the disk and gives the file its name. */
    public void complete() {
        try {
            channel.force(true);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw failure(part, "room on the disk needed", "finishing failed", e);
        }
    }

    /** Removes the part. */
    public void discard() {
        try {
            close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw failure(part, "a file that can be removed needed", "removing failed", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** That many bytes as a message shows them. */
    public static String bytes(long bytes) {
        return bytes >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static InvalidInputException failure(Path file, String expectation, String finding, IOException cause) {
        return new InvalidInputException(
                new Problem(
                        file.toString(),
                        expectation,
                        finding + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")",
                        "check the disk and the permissions of the folder"),
                cause);
    }
}
